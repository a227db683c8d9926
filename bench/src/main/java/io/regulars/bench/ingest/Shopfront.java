package io.regulars.bench.ingest;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.ProcessTree;
import io.regulars.bench.report.Report;
import io.regulars.bench.shop.OrderSource;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;

/// What all parts of the benchmark stand on: a running customer-service with a merchant and customers.
///
/// @param customers of the numbers 1, 2 …
record Shopfront(
        Bench bench,
        World world,
        Merchant merchant,
        int customers,
        OrderSource source,
        PeerTables peer,
        Report report) {

    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);

    URI orders() {
        return world.service("customer").resolve("/api/customer/v1/orders");
    }

    URI batches() {
        return world.service("customer").resolve("/api/customer/v1/orders/batch");
    }

    String token() throws Exception {
        return world.token(merchant);
    }

    Database database() {
        return world.database("customer");
    }

    ProcessTree service() {
        return world.process("customer");
    }

    ProcessTree postgres() {
        return world.postgres();
    }

    /// Waits until all events are with Kafka, so that their relaying does not run into the next contestant's turn.
    void drained() throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + DRAINED_WITHIN.toNanos();
        while (database().number("select count(*) from (select from outbox limit 1) as waiting") > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the outbox is not empty after " + DRAINED_WITHIN);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// Orders, lines and minor units as they stand in the database, against what was sent.
    void checkSums(String after) throws SQLException {
        report.check(
                after + ": orders, lines and sum of amounts in the database",
                source.sums(),
                database().row("""
                        select (select count(*) from customer_order where merchant_id = ?), count(*), sum(amount)
                        from order_line where merchant_id = ?
                        """, merchant.id(), merchant.id()));
    }
}
