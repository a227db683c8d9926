/// Campaigns as people define them: for which cause, for whom, with which steps; and the states they go through.
package io.regulars.campaign.campaign;
