package io.regulars.bench.score;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.peer.PeerMissing;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.World;
import io.regulars.events.MerchantChanged;
import io.regulars.events.Topic;
import io.regulars.local.supervise.Selection;

/// Events of orders into scores.
public final class ScoreBenchmark implements Benchmark {

    static final String[] JVM = {"-Xmx1g", "-XX:+UseSerialGC"};

    private static final int MERCHANT = 1;
    private static final int MOST_WINDOWS = 8;

    @Override
    public String name() {
        return "score";
    }

    @Override
    public String about() {
        return "a topic of orders drained into scores, against the upsert loop in SQL and Kafka Streams, exactly once";
    }

    @Override
    public Report run(Bench bench) throws Exception {
        var report = bench.report(this);
        var selection = Selection.of("scoring")
                .withJvm(JVM)
                .withEnvironment(Map.of("REGULARS_SCORING_CALIBRATIONS_EVERY", "off"));
        var customers = bench.customers(20_000, 2_000);
        var story = new Story(bench.seed(), MERCHANT, customers, bench.pick(100_000, 3_000));
        try (var world = World.start(bench, name(), selection)) {
            world.describe(report);
            report.fact("customers", customers);
            report.fact("events of a turn", story.events());
            story.publish(
                    world.broker(),
                    Topic.MERCHANTS.topicName(),
                    List.of(new MerchantChanged(MERCHANT, 1, "bench", Story.ZONE.getId(), "CNY", "zh-CN", List.of())));
            awaitMerchant(world.database("scoring"));
            measure(bench, report, world, Telling.begin(story, world.database("scoring")));
        }
        return report;
    }

    /// What is told before the merchant is known, is not scored until then.
    private static void awaitMerchant(Database database) throws SQLException, InterruptedException {
        while (database.number("select count(*) from shop where version > 0") == 0
                || database.number("select count(*) from recompute where state in ('queued', 'running')") > 0) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static void measure(Bench bench, Report report, World world, Telling telling) throws Exception {
        report.say(
                "Scoring: %,d events of orders (a tenth of them newer versions of orders told before, a tenth repetitions) lie in the topic while scoring-service stands still; the clock runs from its first instant until all of them are facts and scores and the scores are told. What it learns from the shop on its schedule is switched off: the peers learn nothing."
                        .formatted(telling.story().events()));
        report.say(
                "The SQL loop writes the same facts (orders, lines, customers' sums) from parsed events in a table, %,d in a transaction, on one connection; it neither parses, scores nor tells. Kafka Streams deduplicates by version, keeps recency, frequency and monetary value in state stores and tells of each change, exactly once."
                        .formatted(SqlLoop.BATCH));
        var ours = new Draining(world, telling);
        report.fact(
                "warm-up",
                WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> ours.turn().value())
                        .toString());
        var loop = SqlLoop.make(world, telling);
        loop.turn();
        report.race(
                Race.run(
                        "against SQL",
                        bench.rounds(),
                        new Contestant("scoring-service", round -> ours.turn()),
                        new Contestant("SQL loop", round -> loop.turn()),
                        bench.progress()),
                "events/s",
                Goal.atLeast(0.8));
        loop.check(report);
        try (var streams = StreamsPeer.start(world, telling, report, bench.progress())) {
            report.fact(
                    "warm-up of Kafka Streams",
                    WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> streams.turn().value())
                            .toString());
            report.race(
                    Race.run(
                            "against Kafka Streams",
                            bench.rounds(),
                            new Contestant("scoring-service", round -> ours.turn()),
                            new Contestant("Kafka Streams", round -> streams.turn()),
                            bench.progress()),
                    "events/s",
                    Goal.atLeast(1.5));
            streams.check(report);
        } catch (PeerMissing e) {
            report.missing("Kafka Streams", e.getMessage());
        }
        ours.check(report);
    }
}
