package io.regulars.events;

import java.time.Instant;

/// What became of a message, or of the coupon in it. A fact.
///
/// @param engagementId unique within the merchant
/// @param kind `sent`, `delivered`, `opened`, `clicked`, `bounced`, `complained`, `unsubscribed`, `redeemed`
public record EngagementRecorded(
        int merchantId,
        long customerId,
        String engagementId,
        long campaignId,
        Long messageId,
        Channel channel,
        String kind,
        Instant at)
        implements Event {

    @Override
    public long version() {
        return 1;
    }

    @Override
    public String thing() {
        return "e" + engagementId;
    }
}
