/// The wire: e-mail over SMTP and SMS over a signed HTTP gateway, each telling exactly how far it came.
package io.regulars.campaign.channel;
