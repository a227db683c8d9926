package io.regulars.bench.relay;

import java.util.List;
import java.util.stream.Stream;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Race;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.WarmUp;
import io.regulars.bench.peer.PeerMissing;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Held;
import io.regulars.bench.world.World;
import io.regulars.events.Topic;

/// A full outbox: how soon all of it is in Kafka and gone from the table, and what that costs.
final class OutboxToKafka {

    private static final int MOST_WINDOWS = 6;

    private final Bench bench;
    private final Report report;
    private final World world;
    private final Database database;
    private final OutboxRows rows;

    OutboxToKafka(Bench bench, Report report, World world, OutboxRows rows) {
        this.bench = bench;
        this.report = report;
        this.world = world;
        this.database = world.database("customer");
        this.rows = rows;
    }

    void measure() throws Exception {
        report.say(
                "Full outbox: %,d events of orders, each order in two versions, are laid into the outbox while its reader stands still; the clock runs from the reader's first instant until the last event is in Kafka, and our own is done when the outbox is empty besides."
                        .formatted(rows.count()));
        report.say(
                "Peers: Debezium embedded reads the same rows by logical replication through its outbox event router and a producer with the relay's settings; ProducerPerformance of Kafka writes the same bodies from a file. Kafka's own processor time is nobody's.");
        report.fact(
                "warm-up",
                WarmUp.run(bench.pick(MOST_WINDOWS, 0), () -> ours().value()).toString());
        againstDebezium();
        againstKafkaAlone();
    }

    private void againstDebezium() throws Exception {
        try (var debezium = Debezium.start(world, report, bench.progress())) {
            report.fact(
                    "warm-up of Debezium",
                    WarmUp.run(
                                    bench.pick(MOST_WINDOWS, 0),
                                    () -> theirs(debezium).value())
                            .toString());
            var race = Race.run(
                    "full outbox",
                    bench.rounds(),
                    new Contestant("relay", round -> ours()),
                    new Contestant("Debezium", round -> theirs(debezium)),
                    bench.progress());
            report.race(race, "events/s", null);
            report.race(
                    new Race(
                            "full outbox, by processor time",
                            race.ourName(),
                            race.theirName(),
                            forCpuSecond(race.ours()),
                            forCpuSecond(race.theirs())),
                    "events/CPU s",
                    Goal.atLeast(3));
        } catch (PeerMissing e) {
            report.missing("Debezium embedded", e.getMessage());
        }
    }

    private static List<Sample> forCpuSecond(List<Sample> samples) {
        return samples.stream()
                .map(sample -> new Sample(
                        sample.operations() / sample.cpuSeconds(),
                        sample.wallSeconds(),
                        sample.operations(),
                        sample.cpuSeconds(),
                        sample.peakBytes()))
                .toList();
    }

    private void againstKafkaAlone() throws Exception {
        try {
            var peer = ProducerPerformance.find(world, rows, bench.progress());
            var race = Race.run(
                    "into Kafka",
                    bench.rounds(),
                    new Contestant("relay", round -> ours()),
                    new Contestant("ProducerPerformance", round -> peer.run(report)),
                    bench.progress());
            report.race(race, "events/s", null);
        } catch (PeerMissing e) {
            report.missing("ProducerPerformance", e.getMessage());
        }
    }

    private Sample ours() throws Exception {
        var service = world.process("customer");
        try (var topic = world.broker().since(Topic.ORDERS.topicName());
                var held = Held.stop(service.root())) {
            rows.layInto("outbox", null);
            var meter = Meter.over(service, world.postgres());
            held.letGo();
            topic.awaitGrowth(rows.count());
            Outbox.awaitEmpty(database);
            var sample = meter.rate(rows.count());
            check("relay", topic);
            return sample;
        }
    }

    private Sample theirs(Debezium debezium) throws Exception {
        try (var topic = world.broker().since(Debezium.TOPIC);
                var held = Held.stop(
                        Stream.of(debezium.reader(database), debezium.tree().root())
                                .mapToLong(Long::longValue)
                                .toArray())) {
            rows.layInto("peer.outbox", Debezium.TOPIC);
            var meter = Meter.over(debezium.tree(), world.postgres());
            held.letGo();
            topic.awaitGrowth(rows.count());
            var sample = meter.rate(rows.count());
            check("Debezium", topic);
            debezium.forget(database);
            return sample;
        }
    }

    private void check(String who, io.regulars.bench.world.Broker.Since topic) {
        var arrived = new Arrived();
        topic.read(arrived::add);
        report.check(who + ": events in Kafka", Arrived.expected(rows), arrived);
    }
}
