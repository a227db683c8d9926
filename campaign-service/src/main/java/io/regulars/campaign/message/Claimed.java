package io.regulars.campaign.message;

import java.time.Instant;
import java.util.Map;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Question;
import io.regulars.events.Channel;

/// A message in a worker's hands.
///
/// @param perhapsSent whether an earlier try may have got through
/// @param countedAt since when it counts against the caps for that; else null
/// @param context what the enrolment's cause names, and its coupon
/// @param providerId the provider's name for it, with which an earlier try left it; or null
record Claimed(
        MessageKey key,
        long campaignId,
        int revision,
        String occurrence,
        int step,
        Channel channel,
        int attempts,
        Instant plannedAt,
        boolean perhapsSent,
        Instant countedAt,
        Map<String, String> context,
        String providerId) {

    Claimed(
            MessageKey key,
            long campaignId,
            int revision,
            String occurrence,
            int step,
            Channel channel,
            int attempts,
            Instant plannedAt,
            boolean perhapsSent,
            Instant countedAt,
            Map<String, String> context) {
        this(
                key,
                campaignId,
                revision,
                occurrence,
                step,
                channel,
                attempts,
                plannedAt,
                perhapsSent,
                countedAt,
                context,
                null);
    }

    /// Who may have sent it by an earlier try; empty where nobody knows, null where nobody did.
    String perhapsBy() {
        if (!perhapsSent) {
            return null;
        }
        return providerId == null ? "" : providerId.substring(0, Math.max(0, providerId.indexOf(':')));
    }

    CustomerKey customer() {
        return new CustomerKey(key.merchantId(), key.customerId());
    }

    Plan.Key plan() {
        return new Plan.Key(key.merchantId(), campaignId, revision);
    }

    Question question() {
        return new Question(plan(), customer(), occurrence);
    }
}
