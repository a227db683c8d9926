package io.regulars.bench.recompute;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.load.ClosedLoop;
import io.regulars.bench.load.Posts;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.shop.OrderSource;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;

/// The way in which scores follow what changed: orders are posted to customer-service, and scoring-service scores
/// those who made them as their events come. Nobody else is looked at.
final class Told {

    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final World world;
    private final Database scoring;
    private final Merchant merchant;
    private final OrderSource orders;
    private long last;

    Told(World world, Merchant merchant, OrderSource orders) throws SQLException {
        this.world = world;
        this.scoring = world.database("scoring");
        this.merchant = merchant;
        this.orders = orders;
        this.last = lastOrder();
    }

    private long lastOrder() throws SQLException {
        return scoring.number("select max(order_id) from purchase_order where merchant_id = ?", merchant.id());
    }

    /// From the first request until all of these orders stand in the database with the scores that they make: both are
    /// one transaction.
    Sample run(int changed) throws Exception {
        var size = Math.min(BATCH, changed);
        var requests = changed / size;
        var posts = new Posts(
                world.service("customer").resolve("/api/customer/v1/orders/batch"),
                world.token(merchant),
                () -> orders.batch("T", size));
        var meter = Meter.over(world.process("customer"), world.process("scoring"), world.postgres());
        ClosedLoop.exactly(posts, 1, requests);
        awaitScored((long) size * requests);
        return meter.seconds((long) size * requests);
    }

    /// For orders one by one.
    Posts single() throws Exception {
        return new Posts(
                world.service("customer").resolve("/api/customer/v1/orders"), world.token(merchant), orders::json);
    }

    /// So many orders more than at the last time.
    void awaitScored(long more) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = scoring.connect();
                var query = connection.prepareStatement(
                        "select count(*) from purchase_order where merchant_id = ? and order_id > ?")) {
            query.setInt(1, merchant.id());
            query.setLong(2, last);
            for (var here = 0L; here < more; ) {
                TimeUnit.MILLISECONDS.sleep(2);
                try (var rows = query.executeQuery()) {
                    rows.next();
                    here = rows.getLong(1);
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("orders were not scored within " + PATIENCE);
                }
            }
        }
        last = lastOrder();
    }
}
