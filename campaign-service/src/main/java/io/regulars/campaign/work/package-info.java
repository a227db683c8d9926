/// Loops that work in the background until the service stops.
package io.regulars.campaign.work;
