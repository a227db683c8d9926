package io.regulars.bench.relay;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.world.Database;

/// Waits for an outbox.
final class Outbox {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Outbox() {}

    static void awaitEmpty(Database database) throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (database.number("select count(*) from (select from outbox limit 1) as waiting") > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the outbox is not empty after " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
