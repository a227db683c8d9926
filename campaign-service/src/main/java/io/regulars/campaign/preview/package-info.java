/// Messages before they are sent: as real customers would get them, and to one's own address for a try.
package io.regulars.campaign.preview;
