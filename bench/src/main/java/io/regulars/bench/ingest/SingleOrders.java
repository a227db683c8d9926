package io.regulars.bench.ingest;

import java.nio.file.Path;
import java.time.Duration;

import io.regulars.bench.load.ClosedLoop;
import io.regulars.bench.load.OpenLoop;
import io.regulars.bench.load.Posts;
import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.peer.Pgbench;
import io.regulars.bench.report.Goal;

/// One order for each POST and each transaction, the answer durable.
final class SingleOrders {

    private static final int CLIENTS = 16;
    private static final int OPEN_CONNECTIONS = 64;
    private static final int MOST_WINDOWS = 60;

    private final Shopfront shop;
    private final Duration turn;
    private double greatestRate;

    SingleOrders(Shopfront shop) {
        this.shop = shop;
        this.turn = shop.bench().pick(Duration.ofSeconds(6), Duration.ofSeconds(1));
    }

    /// Runs our side until it is no longer getting faster.
    void warmUp() throws Exception {
        var posts = posts();
        var window = shop.bench().pick(Duration.ofSeconds(2), Duration.ofSeconds(1));
        var warmUp = WarmUp.run(shop.bench().pick(MOST_WINDOWS, 1), () -> {
            var began = System.nanoTime();
            var answered = ClosedLoop.during(posts, CLIENTS, window);
            return answered * 1e9 / (System.nanoTime() - began);
        });
        greatestRate = warmUp.rate();
        shop.report().fact("warm-up", warmUp.toString());
        shop.drained();
    }

    void against(Pgbench pgbench) throws Exception {
        shop.report()
                .say(
                        "Single orders: %d clients each POST one order after the other and wait for its durable answer; pgbench inserts the same rows (order, one to three lines, outbox event) in one statement and transaction, prepared, with %d clients."
                                .formatted(CLIENTS, CLIENTS));
        Path script = shop.peer().single(shop.world().home().folder().resolve("pgbench"));
        var race = Race.run(
                "single orders",
                shop.bench().rounds(),
                new Contestant("customer-service", round -> ours()),
                new Contestant("pgbench", round -> theirs(pgbench, script)),
                shop.bench().progress());
        greatestRate = race.ourValue().median();
        shop.report().race(race, "orders/s", Goal.atLeast(0.6));
        shop.checkSums("single orders");
    }

    private Sample ours() throws Exception {
        var posts = posts();
        var meter = Meter.over(shop.service(), shop.postgres());
        var answered = ClosedLoop.during(posts, CLIENTS, turn);
        var rate = answered / meter.elapsedSeconds();
        // Sending the events on is part of the work, and counts as processor time.
        shop.drained();
        return meter.rate(answered, rate);
    }

    private Sample theirs(Pgbench pgbench, Path script) throws Exception {
        var before = shop.peer().orders();
        var meter = Meter.over(shop.postgres());
        var outcome = pgbench.run(shop.peer().database(), script, CLIENTS, turn);
        var sample = meter.rate(outcome.transactions(), outcome.transactionsPerSecond());
        shop.report()
                .check(
                        "pgbench: orders written",
                        outcome.transactions(),
                        shop.peer().orders() - before);
        shop.peer().forgetEvents();
        return sample;
    }

    /// How long an order waits for its answer when orders come at a part of the greatest rate.
    void latencies() throws Exception {
        shop.report()
                .say(
                        "Latency: single orders at a part of the greatest rate, open loop over %d connections, each timed from the instant it was due."
                                .formatted(OPEN_CONNECTIONS));
        int[] parts = shop.bench().quick() ? new int[] {70} : new int[] {10, 50, 70, 80};
        for (var percent : parts) {
            var time = shop.bench().pick(Duration.ofSeconds(10), Duration.ofSeconds(2));
            var latency = OpenLoop.at(greatestRate * percent / 100, posts(), OPEN_CONNECTIONS, time);
            shop.report()
                    .latency("single orders at " + percent + " %", latency, percent == 70 ? Goal.atMost(10) : null);
            shop.bench().progress().accept("latency at " + percent + " %: p99 " + latency.p99() + " ms");
            shop.drained();
        }
        shop.checkSums("latencies");
    }

    private Posts posts() throws Exception {
        return new Posts(shop.orders(), shop.token(), shop.source()::json);
    }
}
