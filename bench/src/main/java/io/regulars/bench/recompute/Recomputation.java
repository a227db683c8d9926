package io.regulars.bench.recompute;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;
import io.regulars.local.api.ApiClient;

/// Asks scoring-service for recomputes over its interface, and waits for them.
final class Recomputation {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final World world;
    private final Database database;
    private final int merchant;
    private final ApiClient api;

    Recomputation(World world, Merchant merchant) {
        this.world = world;
        this.database = world.database("scoring");
        this.merchant = merchant.id();
        this.api = ApiClient.client(world.ports().publicUrl(), merchant.clientId(), merchant.clientSecret());
    }

    /// Until the merchant's own event has come.
    void awaitMerchant() throws Exception {
        await(() -> database.number("select count(*) from shop where merchant_id = ? and version > 0", merchant) == 1);
        awaitQuiet();
    }

    /// Until the shop has learned its cut-points and everybody is scored with them.
    void awaitCalibration() throws Exception {
        await(() -> database.number("select count(*) from shop where merchant_id = ? and calibration_no > 0", merchant)
                == 1);
        awaitQuiet();
    }

    private void awaitQuiet() throws Exception {
        await(() -> database.number("select count(*) from recompute where state in ('queued', 'running')") == 0);
        await(() -> database.number("select count(*) from (select from outbox limit 1) as waiting") == 0);
    }

    /// Compared by the job's own time, from its start to its end: up to a second before that it waits to be seen. The
    /// events that it leaves are relayed meanwhile, and what is left of them after that.
    Sample run(int customers) throws Exception {
        var meter = Meter.over(world.process("scoring"), world.postgres());
        var job = api.post("/api/scoring/v1/recomputes", Map.of("rebuild", false))
                .path("id")
                .asText();
        await(() -> "done"
                .equals(api.get("/api/scoring/v1/recomputes/" + job)
                        .path("state")
                        .asText()));
        awaitQuiet();
        var sample = meter.seconds(customers);
        var seconds = Double.parseDouble(database.row("""
                select extract(epoch from finished_at - started_at) from recompute
                where merchant_id = ? order by recompute_id desc limit 1
                """, merchant));
        return new Sample(seconds, sample.wallSeconds(), customers, sample.cpuSeconds(), sample.peakBytes());
    }

    /// Makes every so many-th score another one than the orders give.
    void disturb(int every) throws SQLException {
        database.run(
                "update score set frequency = frequency + 1 where merchant_id = %d and customer_id %% %d = 0"
                        .formatted(merchant, every),
                "vacuum score");
    }

    private static void await(Callable<Boolean> done) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.call()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("scoring-service was not done within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
