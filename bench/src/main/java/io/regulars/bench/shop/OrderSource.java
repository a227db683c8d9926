package io.regulars.bench.shop;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Orders without end, each of its number's own draw, and the sums of all that were handed out. Safe for many threads.
public final class OrderSource {

    private final long seed;
    private final int customers;
    private final Instant from;
    private final Instant until;
    private final Baskets baskets;
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder orders = new LongAdder();
    private final LongAdder lines = new LongAdder();
    private final LongAdder amount = new LongAdder();

    /// Of one year that is over.
    public static OrderSource ofOneYear(long seed, int customers) {
        return new OrderSource(
                seed, customers, Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
    }

    /// @param customers of the numbers 1, 2 …
    /// @param from the instant after which all of them are made
    public OrderSource(long seed, int customers, Instant from, Instant until) {
        this.seed = seed;
        this.customers = customers;
        this.from = from;
        this.until = until;
        this.baskets = new Baskets(seed);
    }

    /// @param externalId the merchant's own id
    public record Order(String externalId, long customer, Purchase purchase) {}

    /// Counts as sent from here on.
    public Order next(String prefix) {
        var number = numbers.incrementAndGet();
        var random = Baskets.random(seed, number);
        var order = new Order(
                prefix + number,
                1 + random.nextInt(customers),
                new Purchase(
                        from.plusSeconds(
                                random.nextLong(Duration.between(from, until).toSeconds())),
                        baskets.draw(random)));
        orders.increment();
        lines.add(order.purchase().lines().size());
        amount.add(order.purchase().amount());
        return order;
    }

    /// Orders, lines and minor units handed out so far.
    public String sums() {
        return orders.sum() + " " + lines.sum() + " " + amount.sum();
    }

    public byte[] json() {
        return json("S");
    }

    /// @param prefix of the merchant's own id
    public byte[] json(String prefix) {
        var text = new StringBuilder(600);
        write(next(prefix), text);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A body for `/batch`.
    public byte[] batch(String prefix, int size) {
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

    public static String price(Line line) {
        return line.unitPrice() / 100 + "." + line.unitPrice() % 100 / 10 + line.unitPrice() % 10;
    }
}
