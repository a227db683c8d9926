package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.regulars.campaign.occasion.Orders.Passed;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import io.regulars.kit.money.Money;

/// Begins with what becomes of an order, once for each order.
///
/// @param minAmount in the shop's currency; null for any
/// @param first whether only a customer's first order counts
/// @param products and `categories` are alternatives; both empty means any
public record OrderTrigger(
        Passage passage, BigDecimal minAmount, boolean first, List<String> products, List<String> categories)
        implements Trigger {

    /// What can become of an order.
    public enum Passage {
        PAID("order-paid"),
        SHIPPED("order-shipped"),
        DELIVERED("order-delivered"),
        COMPLETED("order-completed"),
        REFUNDED("order-refunded");

        private final String type;

        Passage(String type) {
            this.type = type;
        }

        public String type() {
            return type;
        }

        static Optional<Passage> of(String type) {
            for (Passage passage : values()) {
                if (passage.type.equals(type)) {
                    return Optional.of(passage);
                }
            }
            return Optional.empty();
        }

        /// Paid is whatever was shipped too: a shop may tell of an order late. Of the others the last that was read is
        /// told, and none for an order that goes back.
        boolean happened(Status before, Status now) {
            return switch (this) {
                case PAID -> forward(before, now, Status.PAID) || paid(now) && (before == null || !before.counts());
                case SHIPPED -> forward(before, now, Status.SHIPPED);
                case DELIVERED -> forward(before, now, Status.DELIVERED);
                case COMPLETED -> forward(before, now, Status.COMPLETED);
                case REFUNDED -> givenBack(now) && (before == null || !givenBack(before));
            };
        }

        private static boolean forward(Status before, Status now, Status to) {
            return now == to && (before == null || before.ordinal() < to.ordinal());
        }

        private static boolean paid(Status status) {
            return status.counts() && status != Status.PART_REFUNDED;
        }

        private static boolean givenBack(Status status) {
            return status == Status.PART_REFUNDED || status == Status.REFUNDED;
        }
    }

    /// Loaded history is no cause, nor what came before the campaign, nor an order of before it that nobody had told.
    public Optional<Cause> cause(Passed passed, Instant activatedAt, boolean firstOrder) {
        OrderChanged order = passed.order();
        Instant changed = order.changedAt() == null ? order.orderedAt() : order.changedAt();
        if (order.backfill()
                || changed.isBefore(activatedAt)
                || passed.before() == null && order.orderedAt().isBefore(activatedAt)
                || !passage.happened(passed.before(), order.status())
                || first && !firstOrder
                || !matches(order)) {
            return Optional.empty();
        }
        return Optional.of(new Cause(
                occurrence(order.orderId()),
                Map.of(
                        "event.order",
                        order.externalId(),
                        "event.amount",
                        Money.major(amount(order), order.currency()).toPlainString(),
                        "event.status",
                        order.status().name()),
                null,
                changed));
    }

    private boolean matches(OrderChanged order) {
        boolean enough = minAmount == null
                || Money.major(amount(order), order.currency()).compareTo(minAmount) >= 0;
        boolean about = products.isEmpty() && categories.isEmpty()
                || order.lines().stream()
                        .anyMatch(
                                line -> products.contains(line.productCode()) || categories.contains(line.category()));
        return enough && about;
    }

    private static long amount(OrderChanged order) {
        return order.lines().stream().mapToLong(OrderChanged.Line::amount).sum();
    }

    private String occurrence(long orderId) {
        return "order:" + orderId + ":" + passage.name().toLowerCase(Locale.ROOT);
    }

    /// The order that the occurrence names.
    static long orderOf(String occurrence) {
        return Long.parseLong(occurrence.split(":")[1]);
    }

    /// What was given back or called off is no cause any more, but for those who write about just that.
    Optional<String> lapse(Status now) {
        return passage != Passage.REFUNDED && (now == Status.REFUNDED || now == Status.CANCELLED)
                ? Optional.of("the order is " + now)
                : Optional.empty();
    }
}
