package io.regulars.bench.shop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.regulars.events.OrderChanged;

/// Orders as customer-service tells of them, each of its number's own draw.
///
/// @param customers with the ids 1, 2 …
public record OrderEvents(long seed, int merchant, int customers, Instant from, int seconds, Baskets baskets) {

    /// Orders of a year.
    public static OrderEvents of(long seed, int merchant, int customers) {
        return new OrderEvents(
                seed, merchant, customers, Instant.parse("2025-01-01T00:00:00Z"), 365 * 86_400, new Baskets(seed));
    }

    /// @param version after the first one, each brings other lines
    public OrderChanged event(long order, long version) {
        var random = Baskets.random(seed, order);
        var customer = 1 + random.nextInt(customers);
        var at = from.plusSeconds(random.nextInt(seconds));
        var lines = baskets.draw(random);
        for (var changed = 1; changed < version; changed++) {
            lines = baskets.draw(random);
        }
        return new OrderChanged(
                merchant,
                order,
                version,
                "S" + order,
                customer,
                OrderChanged.Status.PAID,
                at,
                "CNY",
                "shop",
                false,
                lines(lines),
                List.of(),
                false);
    }

    private static List<OrderChanged.Line> lines(List<Line> drawn) {
        var lines = new ArrayList<OrderChanged.Line>();
        for (var line : drawn) {
            lines.add(new OrderChanged.Line(
                    lines.size() + 1,
                    line.product().code(),
                    line.product().name(),
                    line.product().category(),
                    line.quantity(),
                    line.amount(),
                    line.quantity(),
                    line.amount()));
        }
        return lines;
    }
}
