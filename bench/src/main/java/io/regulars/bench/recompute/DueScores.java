package io.regulars.bench.recompute;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.Spread;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Held;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.TwoSizes;
import io.regulars.bench.world.World;

/// Customers whose instant has come: that they cost what they are, not what the shop is.
final class DueScores {

    /// Not of those to whom time alone does nothing any more: nobody looks at them again.
    private static final String WRONG = """
            update score as s set frequency = frequency + 1 from review as r
            where s.merchant_id = %d and (r.merchant_id, r.customer_id) = (s.merchant_id, s.customer_id)
              and s.customer_id %% %d = 0""";

    private static final String ANY_DUE = "select exists (select from review where due_at <= now())";
    private static final String ANY_TO_TELL = "select exists (select from outbox)";

    private static final int DUE = 1_000;
    private static final int FEWER = 10;
    private static final int MOST_WINDOWS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Longer than from one look for what is due to the next, so that a service let go looks at once.
    private static final Duration A_LOOK_IS_MISSED = Duration.ofMillis(1_200);

    private final Bench bench;
    private final Report report;
    private final World world;
    private final Database database;
    private final int merchant;
    private final int customers;
    private final int every;
    private final List<Double> work = new ArrayList<>();

    DueScores(Bench bench, Report report, World world, Merchant merchant, int customers) {
        this.bench = bench;
        this.report = report;
        this.world = world;
        this.database = world.database("scoring");
        this.merchant = merchant.id();
        this.customers = customers;
        this.every = Math.max(FEWER, customers / DUE / FEWER * FEWER);
    }

    void manyAgainstFew() throws Exception {
        report.say(
                "Due: the instant of %,d customers has come, of %,d and of a tenth of them; once their scores are as they were, and once all of them change, with their events. scoring-service stands still meanwhile, and the clock runs from where it goes on until the last of them is scored. Its work is the processor time of the service and of PostgreSQL, less what they take in as long a time after standing still as long, with nothing due."
                        .formatted(customers / every, customers));
        var sizes = new TwoSizes(database, "history", "score", "review");
        sizes.few(this::tenth);
        for (var changing : new boolean[] {false, true}) {
            var name = "due, " + (changing ? "all changed" : "nothing changed");
            report.fact(
                    "warm-up, " + name,
                    WarmUp.run(
                                    bench.pick(MOST_WINDOWS, 0),
                                    () -> 1 / turn(changing).value())
                            .toString());
            work.clear();
            report.race(
                    Race.run(
                            name,
                            bench.rounds(),
                            new Contestant("%,d customers".formatted(customers), round -> of(sizes, true, changing)),
                            new Contestant(
                                    "%,d customers".formatted(customers / FEWER), round -> of(sizes, false, changing)),
                            bench.progress()),
                    "ms",
                    Goal.atMost(1.5));
            report.figure(
                    name + ", work for %,d".formatted(customers / every),
                    Spread.of(work.stream().mapToDouble(Double::doubleValue).toArray())
                            .median(),
                    "ms",
                    Goal.atMost(100));
        }
        sizes.end();
    }

    private void tenth() throws SQLException {
        for (var table : List.of("history", "score", "review")) {
            database.run("insert into public.%1$s select * from shelf_many.%1$s where customer_id %% %2$d = 0"
                    .formatted(table, FEWER));
        }
        database.run("vacuum analyze");
    }

    /// After tables changed places, each connection looks them up anew: the first turns do not count.
    private Sample of(TwoSizes sizes, boolean many, boolean changing) throws Exception {
        sizes.show(many);
        for (var first = 0; first < bench.pick(2, 0); first++) {
            turn(changing);
        }
        var sample = turn(changing);
        if (many) {
            work.add((sample.cpuSeconds() - idleSeconds(sample)) * 1e3);
        }
        return sample;
    }

    private Sample turn(boolean changing) throws Exception {
        var come = "update review set due_at = now() where merchant_id = %d and customer_id %% %d = 0"
                .formatted(merchant, every);
        var meter = changing ? goOnAfter(WRONG.formatted(merchant, every), come) : goOnAfter(come);
        ask(ANY_DUE, any -> !any);
        var wall = meter.elapsedSeconds();
        ask(ANY_TO_TELL, any -> !any);
        var sample = meter.seconds(customers / every);
        return new Sample(
                wall * 1e3, sample.wallSeconds(), sample.operations(), sample.cpuSeconds(), sample.peakBytes());
    }

    /// Processor time when nothing is due: a service that stood still has Kafka to answer, and clocks to catch up with,
    /// and it is asked as often whether it is done.
    private double idleSeconds(Sample turn) throws Exception {
        var meter = goOnAfter();
        ask(ANY_DUE, any -> meter.elapsedSeconds() >= turn.wallSeconds());
        return meter.seconds(1).cpuSeconds();
    }

    /// The service stands still while the statements are run, and has just gone on when this returns.
    private Meter goOnAfter(String... statements) throws Exception {
        var service = world.process("scoring");
        try (var held = Held.stop(service.root())) {
            database.run(statements);
            database.run("checkpoint");
            TimeUnit.MILLISECONDS.sleep(A_LOOK_IS_MISSED.toMillis());
            var meter = Meter.over(service, world.postgres());
            held.letGo();
            return meter;
        }
    }

    private void ask(String question, Predicate<Boolean> enough) throws Exception {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = database.connect();
                var query = connection.prepareStatement(question)) {
            while (true) {
                try (var rows = query.executeQuery()) {
                    rows.next();
                    if (enough.test(rows.getBoolean(1))) {
                        return;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("what was due was not done within " + PATIENCE);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }
}
