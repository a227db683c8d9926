package io.regulars.bench.tick;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.Spread;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.TwoSizes;

/// What a service asks of its database, again and again, while nothing is due.
final class EmptyTick {

    private static final int FIRST_TICKS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Bench bench;
    private final Report report;
    private final StatementLog log;
    private final String table;
    private final TwoSizes sizes;
    private final int ticks;
    private double greatest;

    /// @param table whose rows are claimed when they are due: the claim is known by it and by `skip locked`
    /// @param ticks of one turn
    EmptyTick(Bench bench, Report report, StatementLog log, String table, TwoSizes sizes, int ticks) {
        this.bench = bench;
        this.report = report;
        this.log = log;
        this.table = table;
        this.sizes = sizes;
        this.ticks = ticks;
    }

    void manyAgainstFew(long many, long few) throws Exception {
        var race = Race.run(
                "empty tick on " + table,
                bench.rounds(),
                new Contestant("%,d rows".formatted(many), round -> turn(true)),
                new Contestant("%,d rows".formatted(few), round -> turn(false)),
                bench.progress());
        report.race(race, "ms", Goal.atMost(1.5));
        report.figure("slowest round of empty ticks on " + table, greatest, "ms", Goal.atMost(5));
    }

    private Sample turn(boolean many) throws Exception {
        sizes.show(many);
        var began = System.nanoTime();
        var times = await(log.end(), ticks);
        var millis = Spread.of(times.stream().mapToDouble(Double::doubleValue).toArray())
                .median();
        greatest = Math.max(greatest, millis);
        return new Sample(millis, (System.nanoTime() - began) / 1e9, times.size(), Double.NaN, 0);
    }

    private List<Double> await(long from, int count) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var times = ticks(log.from(from, this::claim));
            if (times.size() >= count) {
                return times;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "only %d statements claimed rows of %s within %s".formatted(times.size(), table, PATIENCE));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /// From parsing to the last row of each. After tables changed places each process of the server looks them up anew:
    /// its first ticks do not count, whichever connection of its pool the service takes.
    static List<Double> ticks(List<StatementLog.Timed> stages) {
        var ticks = new ArrayList<Double>();
        var sums = new HashMap<Long, Double>();
        var seen = new HashMap<Long, Integer>();
        for (var stage : stages) {
            var sum = sums.merge(stage.process(), stage.millis(), Double::sum);
            if ("execute".equals(stage.stage())) {
                sums.remove(stage.process());
                if (seen.merge(stage.process(), 1, Integer::sum) > FIRST_TICKS) {
                    ticks.add(sum);
                }
            }
        }
        return ticks;
    }

    private boolean claim(String sql) {
        return sql.contains("skip locked") && sql.matches("(?s).*\\bfrom " + table + "\\b.*");
    }
}
