package io.regulars.local.demo.shop;

import java.time.Instant;
import java.util.List;

/// An order with all that happened to it until the shop's now.
///
/// @param externalId the day and the order's number on it
/// @param history its states in the order they came, the first of them at `orderedAt`
public record Order(
        String externalId,
        String customerId,
        Instant orderedAt,
        String channel,
        boolean bigPromotion,
        List<Line> lines,
        List<Change> history) {

    /// @param discount fen off the whole line
    public record Line(Product product, int quantity, long discount) {

        /// Fen paid for the line.
        public long amount() {
            return quantity * product.price() - discount;
        }
    }

    /// @param status as the API writes it
    /// @param refundedAmount fen given back in all by then; a wholly refunded order names none
    public record Change(String status, Instant at, long refundedAmount) {}

    /// Fen paid for the order.
    public long amount() {
        return lines.stream().mapToLong(Line::amount).sum();
    }

    public Change last() {
        return history.getLast();
    }

    /// Whether the shop has kept money for it.
    public boolean counts() {
        return !List.of("created", "refunded", "cancelled").contains(last().status());
    }
}
