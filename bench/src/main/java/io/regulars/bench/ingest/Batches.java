package io.regulars.bench.ingest;

import java.nio.file.Path;
import java.time.Duration;

import io.regulars.bench.load.ClosedLoop;
import io.regulars.bench.load.Posts;
import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.peer.Pgbench;
import io.regulars.bench.report.Goal;

/// Five hundred orders for each POST and each transaction.
final class Batches {

    static final int SIZE = 500;
    static final int CLIENTS = 4;
    private static final int MOST_WINDOWS = 12;

    private final Shopfront shop;
    private final Duration turn;

    Batches(Shopfront shop) {
        this.shop = shop;
        this.turn = shop.bench().pick(Duration.ofSeconds(6), Duration.ofSeconds(1));
    }

    void warmUp() throws Exception {
        var posts = posts();
        var window = shop.bench().pick(Duration.ofSeconds(2), Duration.ofSeconds(1));
        var warmUp = WarmUp.run(shop.bench().pick(MOST_WINDOWS, 1), () -> {
            var began = System.nanoTime();
            var answered = ClosedLoop.during(posts, CLIENTS, window);
            return answered * 1e9 / (System.nanoTime() - began);
        });
        shop.report().fact("warm-up with batches", warmUp.toString());
        shop.drained();
    }

    void against(Pgbench pgbench) throws Exception {
        shop.report()
                .say(
                        "Batches: %d clients POST %d orders at a time; pgbench inserts the same rows, %d orders with their lines and events in one statement, with %d clients."
                                .formatted(CLIENTS, SIZE, SIZE, CLIENTS));
        Path script = shop.peer().batch(shop.world().home().folder().resolve("pgbench"), SIZE);
        var race = Race.run(
                "batches of " + SIZE,
                shop.bench().rounds(),
                new Contestant("customer-service", round -> ours()),
                new Contestant("pgbench", round -> theirs(pgbench, script)),
                shop.bench().progress());
        shop.report().race(race, "orders/s", Goal.atLeast(0.7));
        shop.checkSums("batches");
    }

    private Sample ours() throws Exception {
        var posts = posts();
        var meter = Meter.over(shop.service(), shop.postgres());
        var orders = ClosedLoop.during(posts, CLIENTS, turn) * SIZE;
        var rate = orders / meter.elapsedSeconds();
        shop.drained();
        return meter.rate(orders, rate);
    }

    private Sample theirs(Pgbench pgbench, Path script) throws Exception {
        var before = shop.peer().orders();
        var meter = Meter.over(shop.postgres());
        var outcome = pgbench.run(shop.peer().database(), script, CLIENTS, turn);
        var orders = outcome.transactions() * SIZE;
        var sample = meter.rate(orders, outcome.transactionsPerSecond() * SIZE);
        shop.report()
                .check("pgbench: orders written in batches", orders, shop.peer().orders() - before);
        shop.peer().forgetEvents();
        return sample;
    }

    private Posts posts() throws Exception {
        return new Posts(shop.batches(), shop.token(), () -> shop.source().batch("B", SIZE));
    }
}
