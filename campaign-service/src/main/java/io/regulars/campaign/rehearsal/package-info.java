/// Campaigns tried before they are switched on: on today, and on the past. The code that sends decides, and
/// nothing is written but what was found.
package io.regulars.campaign.rehearsal;
