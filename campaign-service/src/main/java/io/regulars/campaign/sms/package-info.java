/// The operator's SMS providers, each in its own words and on its own connections; when one fails, the next.
package io.regulars.campaign.sms;
