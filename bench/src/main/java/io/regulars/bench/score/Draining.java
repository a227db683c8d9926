package io.regulars.bench.score;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.report.Report;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Held;
import io.regulars.bench.world.World;
import io.regulars.events.Topic;

/// Our side: scoring-service far behind in its topic of orders.
final class Draining {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String ORDERS = "select coalesce(sum(orders), 0) from shop_size where merchant_id = %d";
    private static final String UNSENT = "select count(*) from (select from outbox limit 1) as waiting";

    private final World world;
    private final Database database;
    private final Telling telling;
    private int chapters;

    Draining(World world, Telling telling) {
        this.world = world;
        this.database = world.database("scoring");
        this.telling = telling;
    }

    Sample turn() throws Exception {
        telling.stage(chapters);
        var service = world.process("scoring");
        try (var held = Held.stop(service.root())) {
            telling.publish(world.broker(), Topic.ORDERS.topicName(), chapters);
            var orders = telling.story().ordersUntil(chapters++);
            var meter = Meter.over(service, world.postgres());
            held.letGo();
            await(ORDERS.formatted(telling.story().merchant()), orders);
            await(UNSENT, 0);
            return meter.rate(telling.story().events());
        }
    }

    /// On one connection: to open one for each look would cost PostgreSQL a process.
    private void await(String sql, long wanted) throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = database.connect();
                var query = connection.prepareStatement(sql)) {
            while (number(query) != wanted) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "%d instead of %d after %s: %s".formatted(number(query), wanted, PATIENCE, sql));
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private static long number(java.sql.PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void check(Report report) throws SQLException {
        var expected = telling.expected(chapters);
        var merchant = telling.story().merchant();
        report.check("scoring-service: histories of all customers", expected, database.row(Telling.sums("""
                        (select customer_id, (select sum(o) from unnest(orders) as o) as frequency,
                          (select sum(a) from unnest(amounts) as a) as monetary, days[cardinality(days)] as last_day
                        from history where merchant_id = %d)
                        """.formatted(
                        merchant))));
        report.check("scoring-service: scores of all customers", expected, database.row(Telling.sums("""
                        (select customer_id, frequency, monetary, last_order_day - date '1970-01-01' as last_day
                        from score where merchant_id = %d)
                        """.formatted(
                        merchant))));
    }
}
