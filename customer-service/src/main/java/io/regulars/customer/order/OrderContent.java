package io.regulars.customer.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.regulars.customer.input.Amounts;
import io.regulars.events.OrderChanged.Status;

/// What the merchant says of an order, checked.
///
/// @param updatedAt as of when it says so, or null
/// @param refundedAmount minor units given back in all, at least the value of the returned units
public record OrderContent(
        String externalId,
        Status status,
        Instant orderedAt,
        Instant updatedAt,
        String channel,
        boolean bigPromotion,
        long refundedAmount,
        List<String> couponCodes,
        List<Line> lines) {

    /// @param productCode null where the merchant tells only amounts
    /// @param unitPrice null where the merchant tells only amounts; may be finer than the currency
    /// @param discount minor units taken off the line
    /// @param amount minor units paid for the line
    public record Line(
            String productCode,
            String productName,
            String category,
            long quantity,
            BigDecimal unitPrice,
            long discount,
            long amount,
            long returnedQuantity) {

        public Line {
            unitPrice = unitPrice == null ? null : Amounts.normal(unitPrice);
        }
    }

    public OrderContent {
        couponCodes = List.copyOf(couponCodes);
        lines = List.copyOf(lines);
    }

    OrderContent asOf(Instant when) {
        return new OrderContent(
                externalId, status, orderedAt, when, channel, bigPromotion, refundedAmount, couponCodes, lines);
    }
}
