/// The wire: e-mail over SMTP, and what became of a transmission, told exactly as far as it came.
package io.regulars.campaign.channel;
