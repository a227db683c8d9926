package io.regulars.bench.recompute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import io.regulars.bench.load.OpenLoop;
import io.regulars.bench.measure.Latency;
import io.regulars.bench.measure.Spread;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;

/// How long an order waits for its answer while all customers are scored anew, against how long it waits otherwise.
final class IngestMeanwhile {

    private static final double RATE = 100;
    private static final int CONNECTIONS = 32;

    private final Bench bench;
    private final Report report;
    private final Told told;
    private final Duration time;

    IngestMeanwhile(Bench bench, Report report, Told told) {
        this.bench = bench;
        this.report = report;
        this.told = told;
        this.time = bench.pick(Duration.ofSeconds(5), Duration.ofSeconds(1));
    }

    /// @param recompute to be run again and again while orders come
    void against(Callable<?> recompute) throws Exception {
        report.say(
                "Ingest meanwhile: single orders of the same shop, %.0f a second, open loop over %d connections for %d seconds, with nothing else to do and while its customers are scored anew."
                        .formatted(RATE, CONNECTIONS, time.toSeconds()));
        if (!bench.quick()) {
            orders();
        }
        var ratios = new ArrayList<Double>();
        for (var round = 0; round < bench.rounds(3, 1); round++) {
            var alone = orders();
            var meanwhile = during(recompute);
            report.latency("orders, nothing else, round " + (round + 1), alone, null);
            report.latency("orders during recomputes, round " + (round + 1), meanwhile, null);
            ratios.add(meanwhile.p99() / alone.p99());
            bench.progress()
                    .accept("ingest p99 %.1f ms, during recomputes %.1f ms".formatted(alone.p99(), meanwhile.p99()));
        }
        report.figure(
                "p99 of orders during recomputes by that without",
                Spread.of(ratios.stream().mapToDouble(Double::doubleValue).toArray())
                        .median(),
                "",
                Goal.atMost(2));
    }

    private Latency during(Callable<?> recompute) throws Exception {
        try (var beside = Executors.newSingleThreadExecutor()) {
            var answered = beside.submit(this::orders);
            while (!answered.isDone()) {
                recompute.call();
            }
            return answered.get();
        }
    }

    private Latency orders() throws Exception {
        var latency = OpenLoop.at(RATE, told.single(), CONNECTIONS, time);
        told.awaitScored(latency.count());
        return latency;
    }
}
