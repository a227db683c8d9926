/// Calls into the merchants' own systems, signed as Standard Webhooks wants it, and never into private
/// networks.
package io.regulars.campaign.webhook;
