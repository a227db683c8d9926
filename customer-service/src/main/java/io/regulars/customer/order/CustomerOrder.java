package io.regulars.customer.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;

/// An order as it stands: a row of `customer_order` with its lines.
///
/// @param declaredStatus what the merchant says
/// @param status what stands when returns are netted
record CustomerOrder(
        int merchantId,
        long customerId,
        long orderId,
        long version,
        String externalId,
        Status declaredStatus,
        Status status,
        Instant orderedAt,
        Instant updatedAt,
        String channel,
        boolean bigPromotion,
        long refundedAmount,
        List<String> couponCodes,
        boolean backfill,
        Instant createdAt,
        Instant changedAt,
        List<OrderLine> lines) {

    static CustomerOrder fresh(
            int merchant, long customer, long id, OrderContent content, boolean backfill, Instant now) {
        return of(merchant, customer, id, 1, content, Kept.of(content), backfill, now, now);
    }

    private static CustomerOrder of(
            int merchant,
            long customer,
            long id,
            long version,
            OrderContent content,
            List<Share> kept,
            boolean backfill,
            Instant createdAt,
            Instant changedAt) {
        Status status = Kept.status(content, kept);
        var lines = new ArrayList<OrderLine>();
        for (int i = 0; i < content.lines().size(); i++) {
            var share = status == Status.REFUNDED ? Share.NOTHING : kept.get(i);
            lines.add(OrderLine.of(i + 1, content.lines().get(i), share));
        }
        return new CustomerOrder(
                merchant,
                customer,
                id,
                version,
                content.externalId(),
                content.status(),
                status,
                content.orderedAt(),
                content.updatedAt(),
                content.channel(),
                content.bigPromotion(),
                content.refundedAmount(),
                content.couponCodes(),
                backfill,
                createdAt,
                changedAt,
                List.copyOf(lines));
    }

    OrderContent content() {
        return new OrderContent(
                externalId,
                declaredStatus,
                orderedAt,
                updatedAt,
                channel,
                bigPromotion,
                refundedAmount,
                couponCodes,
                lines.stream().map(OrderLine::content).toList());
    }

    CustomerOrder with(OrderContent content) {
        return keeping(content, Kept.of(content));
    }

    CustomerOrder keeping(List<Share> kept) {
        return keeping(content(), kept);
    }

    private CustomerOrder keeping(OrderContent content, List<Share> kept) {
        return of(merchantId, customerId, orderId, version, content, kept, backfill, createdAt, changedAt);
    }

    CustomerOrder changed(long newVersion, boolean newBackfill, Instant now) {
        return new CustomerOrder(
                merchantId,
                customerId,
                orderId,
                newVersion,
                externalId,
                declaredStatus,
                status,
                orderedAt,
                updatedAt,
                channel,
                bigPromotion,
                refundedAmount,
                couponCodes,
                newBackfill,
                createdAt,
                now,
                lines);
    }

    long amount() {
        return lines.stream().mapToLong(OrderLine::amount).sum();
    }

    long keptAmount() {
        return lines.stream().mapToLong(OrderLine::keptAmount).sum();
    }

    OrderChanged event(String currency) {
        return new OrderChanged(
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
                lines.stream().map(OrderLine::event).toList(),
                couponCodes,
                backfill,
                changedAt);
    }
}
