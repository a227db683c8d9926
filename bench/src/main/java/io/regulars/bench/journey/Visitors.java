package io.regulars.bench.journey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

import io.regulars.bench.measure.Latency;
import io.regulars.bench.shop.Buyer;
import org.HdrHistogram.Histogram;

/// Customers who never bought. Each orders once, for enough that the first order lifts their tier; when it was due and
/// when the message about it came is kept by their number.
final class Visitors {

    private static final String PRICE = "600.00";
    private static final int LOOK_EVERY_MILLIS = 5;

    private final int count;
    private final AtomicInteger ordered = new AtomicInteger();
    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicLongArray due;
    private final AtomicLongArray arrived;
    private final AtomicIntegerArray messages;

    Visitors(int count) {
        this.count = count;
        this.due = new AtomicLongArray(count + 1);
        this.arrived = new AtomicLongArray(count + 1);
        this.messages = new AtomicIntegerArray(count + 1);
    }

    int count() {
        return count;
    }

    List<Map<String, Object>> profiles() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Map.<String, Object>of(
                        "externalId",
                        Buyer.externalId(number),
                        "name",
                        "Customer " + number,
                        "email",
                        "c" + number + "@example.com",
                        "consents",
                        Map.of("email", true)))
                .toList();
    }

    /// The order of the next one.
    byte[] order(long dueAt) {
        var number = ordered.incrementAndGet();
        if (number > count) {
            throw new IllegalStateException(
                    "all %d customers have ordered; ask for more by --customers".formatted(count));
        }
        due.set(number, dueAt);
        return """
                {"externalId":"O%d","customerId":"ext:%s","orderedAt":"%s","channel":"shop","lines":[\
                {"productCode":"SKU-0001","productName":"Product 1","quantity":1,"unitPrice":"%s"}]}""".formatted(number, Buyer.externalId(number), Instant.now(), PRICE)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A message has come.
    ///
    /// @param address as in the profile
    void reach(String address) {
        var now = System.nanoTime();
        var number = Integer.parseInt(address.substring(1, address.indexOf('@')));
        if (messages.incrementAndGet(number) == 1) {
            arrived.set(number, now);
            reached.incrementAndGet();
        }
    }

    int ordered() {
        return ordered.get();
    }

    int reached() {
        return reached.get();
    }

    int left() {
        return count - ordered.get();
    }

    /// Whether all who ordered were reached in time.
    boolean allReachedWithin(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (reached() < ordered()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        return true;
    }

    /// From the instant at which each order was due to its message, of those who ordered after so many others.
    Latency latency(int after, double rate, double seconds) {
        var times = new Histogram(3);
        for (var number = after + 1; number <= ordered(); number++) {
            if (messages.get(number) > 0) {
                times.recordValue(Math.max(0, arrived.get(number) - due.get(number)));
            }
        }
        return Latency.of(rate, seconds, times);
    }

    /// Customers, those of them who got a message, messages.
    String sums() {
        return "%d ordered, %d got %d messages"
                .formatted(
                        ordered(),
                        reached(),
                        IntStream.rangeClosed(1, count).map(messages::get).sum());
    }

    String allOnce() {
        return "%1$d ordered, %1$d got %1$d messages".formatted(ordered());
    }
}
