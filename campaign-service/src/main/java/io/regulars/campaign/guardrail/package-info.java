/// What keeps a customer from being bothered: quiet hours, caps and the holdout, as the merchant sets them.
package io.regulars.campaign.guardrail;
