package io.regulars.events;

import java.time.Instant;
import java.util.List;

/// An order as it stands, with what the customer kept of it.
///
/// @param orderedAt when the customer ordered; the purchase day is this instant's day in the merchant's zone
/// @param currency the merchant's
/// @param channel where it was sold: `taobao`, `wechat`, `shop` … or null
/// @param bigPromotion ordered in a big promotion (大促)
/// @param couponCodes coupon codes the order names
/// @param backfill history loaded after the fact: it scores, and starts no campaign
/// @param changedAt when it came to stand as it does; null in events older than this field
public record OrderChanged(
        int merchantId,
        long orderId,
        long version,
        String externalId,
        long customerId,
        Status status,
        Instant orderedAt,
        String currency,
        String channel,
        boolean bigPromotion,
        List<Line> lines,
        List<String> couponCodes,
        boolean backfill,
        Instant changedAt)
        implements Event {

    /// The life cycle of an order, in its usual order.
    public enum Status {
        CREATED,
        PAID,
        SHIPPED,
        DELIVERED,
        COMPLETED,
        PART_REFUNDED,
        REFUNDED,
        CANCELLED;

        /// Whether an order in this state is a purchase: paid for and not wholly given back.
        public boolean counts() {
            return switch (this) {
                case PAID, SHIPPED, DELIVERED, COMPLETED, PART_REFUNDED -> true;
                case CREATED, REFUNDED, CANCELLED -> false;
            };
        }
    }

    /// @param lineNo 1, 2 … within the order
    /// @param quantity units ordered, 1 or more
    /// @param amount minor units paid for the line: quantity × unit price less discounts
    /// @param keptQuantity units not returned
    /// @param keptAmount minor units not refunded or returned, 0 to `amount`
    public record Line(
            int lineNo,
            String productCode,
            String productName,
            String category,
            long quantity,
            long amount,
            long keptQuantity,
            long keptAmount) {}

    /// Of an order that does not say when it changed.
    public OrderChanged(
            int merchantId,
            long orderId,
            long version,
            String externalId,
            long customerId,
            Status status,
            Instant orderedAt,
            String currency,
            String channel,
            boolean bigPromotion,
            List<Line> lines,
            List<String> couponCodes,
            boolean backfill) {
        this(
                merchantId,
                orderId,
                version,
                externalId,
                customerId,
                status,
                orderedAt,
                currency,
                channel,
                bigPromotion,
                lines,
                couponCodes,
                backfill,
                null);
    }

    public OrderChanged {
        lines = Lists.copy(lines);
        couponCodes = Lists.copy(couponCodes);
    }

    @Override
    public String thing() {
        return "o" + orderId;
    }
}
