package io.regulars.bench.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.regulars.bench.shop.Baskets;
import io.regulars.bench.shop.Buyer;
import io.regulars.bench.shop.Line;
import io.regulars.bench.shop.Purchase;

/// Orders without end, each of its number's own draw, and the sums of all that were handed out. Safe for many threads.
final class OrderSource {

    private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");
    private static final int SECONDS = 365 * 86_400;

    private final long seed;
    private final int customers;
    private final Baskets baskets;
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder orders = new LongAdder();
    private final LongAdder lines = new LongAdder();
    private final LongAdder amount = new LongAdder();

    /// @param customers of the numbers 1, 2 …
    OrderSource(long seed, int customers) {
        this.seed = seed;
        this.customers = customers;
        this.baskets = new Baskets(seed);
    }

    /// @param externalId the merchant's own id
    record Order(String externalId, long customer, Purchase purchase) {}

    /// Counts as sent from here on.
    Order next(String prefix) {
        var number = numbers.incrementAndGet();
        var random = Baskets.random(seed, number);
        var order = new Order(
                prefix + number,
                1 + random.nextInt(customers),
                new Purchase(EARLIEST.plusSeconds(random.nextInt(SECONDS)), baskets.draw(random)));
        orders.increment();
        lines.add(order.purchase().lines().size());
        amount.add(order.purchase().amount());
        return order;
    }

    /// Orders, lines and minor units handed out so far.
    String sums() {
        return orders.sum() + " " + lines.sum() + " " + amount.sum();
    }

    byte[] json() {
        var text = new StringBuilder(600);
        write(next("S"), text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A body for `/batch`.
    byte[] batch(String prefix, int size) {
        var text = new StringBuilder(size * 400).append("{\"items\":[");
        for (var i = 0; i < size; i++) {
            if (i > 0) {
                text.append(',');
            }
            write(next(prefix), text);
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Order order, StringBuilder text) {
        text.append("{\"externalId\":\"")
                .append(order.externalId())
                .append("\",\"customerId\":\"ext:")
                .append(Buyer.externalId(order.customer()))
                .append("\",\"orderedAt\":\"")
                .append(order.purchase().at())
                .append("\",\"channel\":\"shop\",\"lines\":[");
        var first = true;
        for (var line : order.purchase().lines()) {
            text.append(first ? "{\"productCode\":\"" : ",{\"productCode\":\"")
                    .append(line.product().code())
                    .append("\",\"productName\":\"")
                    .append(line.product().name())
                    .append("\",\"category\":\"")
                    .append(line.product().category())
                    .append("\",\"quantity\":")
                    .append(line.quantity())
                    .append(",\"unitPrice\":\"")
                    .append(price(line))
                    .append("\"}");
            first = false;
        }
        text.append("]}");
    }

    static String price(Line line) {
        return line.unitPrice() / 100 + "." + line.unitPrice() % 100 / 10 + line.unitPrice() % 10;
    }
}
