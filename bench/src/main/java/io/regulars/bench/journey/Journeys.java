package io.regulars.bench.journey;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.load.ClosedLoop;
import io.regulars.bench.load.OpenLoop;
import io.regulars.bench.load.Posts;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;

/// Orders by POST, and the e-mails that they cause.
final class Journeys {

    private static final int CLIENTS = 16;
    private static final int CONNECTIONS = 64;
    private static final int COMPILING_WINDOWS = 12;
    private static final int MOST_WINDOWS = 8;
    private static final int HALF = 50;
    private static final int BURST_TIMES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration REST_WITHIN = Duration.ofMinutes(4);

    private final Bench bench;
    private final Report report;
    private final World world;
    private final Merchant merchant;
    private final Visitors visitors;

    Journeys(Bench bench, Report report, World world, Merchant merchant, Visitors visitors) {
        this.bench = bench;
        this.report = report;
        this.world = world;
        this.merchant = merchant;
        this.visitors = visitors;
    }

    void measure() throws Exception {
        var window = bench.pick(1_500, 40);
        report.say(
                "Greatest rate: %d clients post %,d orders as fast as they are answered; from the first order to the last e-mail."
                        .formatted(CLIENTS, window));
        // windows agree by chance while three JVMs still compile
        for (var i = 0; i < bench.pick(COMPILING_WINDOWS, 0); i++) {
            together(window);
        }
        var warmUp = WarmUp.run(bench.pick(MOST_WINDOWS, 1), () -> together(window));
        report.fact("warm-up", warmUp.toString());
        report.figure("greatest rate", warmUp.rate(), "journeys/s", null);
        rest();
        latencies(warmUp.rate());
        burst(warmUp.rate() * HALF / 100);
        report.check("messages", visitors.allOnce(), visitors.sums());
    }

    private double together(int orders) throws Exception {
        var began = System.nanoTime();
        ClosedLoop.exactly(posts(), CLIENTS, orders);
        reached();
        var rate = orders * 1e9 / (System.nanoTime() - began);
        bench.progress().accept("%,d journeys, %.0f/s".formatted(orders, rate));
        return rate;
    }

    private void latencies(double greatest) throws Exception {
        report.say(
                "Journeys: at a part of the greatest rate, open loop; from the instant at which each order was due to be posted until its e-mail is with the mail server.");
        int[] parts = bench.quick() ? new int[] {HALF} : new int[] {10, HALF, 80};
        var time = bench.pick(Duration.ofSeconds(12), Duration.ofSeconds(2));
        for (var percent : parts) {
            var before = visitors.ordered();
            var rate = greatest * percent / 100;
            OpenLoop.at(rate, posts(), visitors::order, CONNECTIONS, time);
            reached();
            var latency = visitors.latency(before, rate, time.toSeconds());
            report.latency("order to e-mail at " + percent + " %", latency, percent == HALF ? Goal.atMost(60) : null);
            if (percent == HALF) {
                report.figure("order to e-mail at half load, median", latency.p50(), "ms", Goal.atMost(15));
            }
            bench.progress()
                    .accept("at %d %%: p50 %.1f ms, p99 %.1f ms".formatted(percent, latency.p50(), latency.p99()));
            rest();
        }
    }

    private void burst(double halfLoad) throws Exception {
        var time = bench.pick(Duration.ofSeconds(30), Duration.ofSeconds(1));
        var rate = Math.min(BURST_TIMES * halfLoad, Math.floor(visitors.left() / (double) time.toSeconds()));
        report.say(
                "Burst: for %d s orders come at %.1f times the rate of half load; then as long as it takes until every e-mail has come and no service is behind in any topic or holds an event in its outbox."
                        .formatted(time.toSeconds(), rate / halfLoad));
        var posted = OpenLoop.at(rate, posts(), visitors::order, CONNECTIONS, time);
        report.latency("answers to orders in the burst", posted, null);
        var began = System.nanoTime();
        reached();
        report.figure("burst: last e-mail after", (System.nanoTime() - began) / 1e9, "s", null);
        rest();
        report.figure("burst: no lag after", (System.nanoTime() - began) / 1e9, "s", Goal.atMost(60));
    }

    private void reached() throws InterruptedException {
        if (!visitors.allReachedWithin(PATIENCE)) {
            throw new IllegalStateException("%s after %s".formatted(visitors.sums(), PATIENCE));
        }
    }

    private void rest() throws Exception {
        new Rest(world).await(REST_WITHIN);
        TimeUnit.MILLISECONDS.sleep(500);
    }

    private Posts posts() throws Exception {
        return new Posts(
                world.service("customer").resolve("/api/customer/v1/orders"),
                world.token(merchant),
                () -> visitors.order(System.nanoTime()));
    }
}
