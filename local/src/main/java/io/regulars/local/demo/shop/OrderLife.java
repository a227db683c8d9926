package io.regulars.local.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What becomes of an order: paid, shipped, delivered, completed; some are cancelled or come back.
final class OrderLife {

    private static final double CANCELLED = 0.025;
    private static final double REFUNDED = 0.03;
    private static final double PART_REFUNDED = 0.025;

    private OrderLife() {}

    /// The states that the order has reached by `now`.
    static List<Order.Change> draw(Draws draws, Instant orderedAt, long amount, Instant now) {
        var changes = new ArrayList<Order.Change>();
        var fate = draws.uniform();
        var shipped = orderedAt.plus(hours(draws, 4, 30));
        var delivered = shipped.plus(hours(draws, 20, 96));
        var back = delivered.plus(hours(draws, 10, 160));
        changes.add(new Order.Change("paid", orderedAt, 0));
        if (fate < CANCELLED) {
            changes.add(new Order.Change("cancelled", orderedAt.plus(hours(draws, 0.1, 4)), 0));
        } else {
            changes.add(new Order.Change("shipped", shipped, 0));
            changes.add(new Order.Change("delivered", delivered, 0));
            if (fate < CANCELLED + REFUNDED) {
                changes.add(new Order.Change("refunded", back, 0));
            } else if (fate < CANCELLED + REFUNDED + PART_REFUNDED) {
                changes.add(new Order.Change("part_refunded", back, partOf(draws, amount)));
            } else {
                changes.add(new Order.Change("completed", delivered.plus(Duration.ofDays(7)), 0));
            }
        }
        return changes.stream().filter(change -> !change.at().isAfter(now)).toList();
    }

    /// A tenth to half of the amount, in whole jiao.
    private static long partOf(Draws draws, long amount) {
        return Math.max(10, (long) (amount * draws.between(0.1, 0.5)) / 10 * 10);
    }

    private static Duration hours(Draws draws, double least, double most) {
        return Duration.ofSeconds((long) (3600 * draws.between(least, most)));
    }
}
