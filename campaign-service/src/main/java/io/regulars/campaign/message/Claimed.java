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
        Map<String, String> context) {

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
