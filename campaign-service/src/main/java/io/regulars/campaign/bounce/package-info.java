/// E-mails that come back, and complaints about them.
package io.regulars.campaign.bounce;
