/// Addresses that must not be written to: they replied STOP, came back, or complained.
package io.regulars.campaign.suppression;
