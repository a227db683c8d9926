package io.regulars.scoring.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.regulars.embedded.TestEvents;
import io.regulars.embedded.TestTopics;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Line;
import io.regulars.events.OrderChanged.Status;
import io.regulars.events.ProductChanged;

/// A merchant whose customers and orders arrive over the topics; each one has a number of its own, so that tests
/// that share a broker do not meet.
final class Shop {

    private static final AtomicInteger NUMBERS = new AtomicInteger(100);

    /// How many orders arrived, where a test says so.
    int orders;

    final int merchant = NUMBERS.incrementAndGet();

    /// A shop that scoring knows.
    static Shop open() {
        var shop = new Shop();
        shop.settings(1);
        return shop;
    }

    void settings(long version, String... nonProductCodes) {
        TestTopics.publish(new MerchantChanged(
                merchant, version, "Shop", "Asia/Shanghai", "CNY", "zh-CN", List.of(nonProductCodes)));
    }

    void product(String code, long version, Double lastsDays) {
        TestTopics.publish(
                new ProductChanged(merchant, version, code, "Product " + code, "care", null, lastsDays, List.of()));
    }

    void customer(long id) {
        TestTopics.publish(TestEvents.customer(merchant, id, 1, external(id), "Test " + id, Map.of()));
    }

    /// Something a customer did besides ordering.
    ///
    /// @param rating of a review, else null
    void interaction(long id, long customer, String kind, Instant at, Integer rating) {
        TestTopics.publish(
                new InteractionRecorded(merchant, customer, id, "i" + id, kind, at, rating, null, Map.of(), false));
    }

    static String external(long id) {
        return "c" + id;
    }

    Order order(long id, long customer) {
        return new Order(id, customer);
    }

    /// An order of one piece that was paid, unless it is told otherwise.
    final class Order {

        private final long id;
        private final long customer;
        private final List<Line> lines = new ArrayList<>();
        private long version = 1;
        private Status status = Status.PAID;
        private Instant at = Instant.parse("2026-01-10T06:00:00Z");
        private boolean backfill;

        private Order(long id, long customer) {
            this.id = id;
            this.customer = customer;
        }

        Order at(Instant orderedAt) {
            at = orderedAt;
            return this;
        }

        Order line(String code, long quantity, long amount) {
            lines.add(new Line(lines.size() + 1, code, "Product " + code, "care", quantity, amount, quantity, amount));
            return this;
        }

        /// A line of which some was given back.
        Order kept(String code, String category, long amount, long keptQuantity, long keptAmount) {
            lines.add(
                    new Line(lines.size() + 1, code, "Product " + code, category, 2, amount, keptQuantity, keptAmount));
            return this;
        }

        Order version(long newVersion) {
            version = newVersion;
            return this;
        }

        Order status(Status newStatus) {
            status = newStatus;
            return this;
        }

        Order backfill() {
            backfill = true;
            return this;
        }

        OrderChanged event() {
            return new OrderChanged(
                    merchant, id, version, "o" + id, customer, status, at, "CNY", null, false, lines, List.of(),
                    backfill);
        }

        void arrives() {
            TestTopics.publish(event());
        }
    }
}
