package io.regulars.bench.score;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.peer.MavenPeer;
import io.regulars.bench.peer.PeerJvm;
import io.regulars.bench.report.Report;
import io.regulars.bench.world.Broker;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Held;
import io.regulars.bench.world.World;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// Kafka Streams with exactly-once in a JVM as large as the service's; what it tells is read with open transactions
/// left
/// out, and is its answer.
final class StreamsPeer implements AutoCloseable {

    private static final MavenPeer PACKAGE = new MavenPeer("kafka-streams", "org.apache.kafka:kafka-streams");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final World world;
    private final Database database;
    private final Telling telling;
    private final PeerJvm jvm;
    private final KafkaConsumer<byte[], byte[]> told;
    private final Map<Long, KafkaStreamsMain.Facts> facts = new HashMap<>();
    private long orders;
    private int chapters;

    private StreamsPeer(World world, Telling telling, PeerJvm jvm) {
        this.world = world;
        this.database = world.database("scoring");
        this.telling = telling;
        this.jvm = jvm;
        this.told = world.broker().consumer();
        told.assign(Broker.partitions(told, KafkaStreamsMain.TO));
        told.seekToBeginning(told.assignment());
    }

    static StreamsPeer start(World world, Telling telling, Report report, Consumer<String> progress) throws Exception {
        var fetched = PACKAGE.find(progress);
        world.broker().create(KafkaStreamsMain.FROM);
        world.broker().create(KafkaStreamsMain.TO);
        var jvm = PeerJvm.start(
                KafkaStreamsMain.class.getName(),
                System.getProperty("java.class.path") + File.pathSeparator + fetched.classPath(),
                List.of(ScoreBenchmark.JVM),
                world.home().log("kafka-streams"),
                world.broker().servers(),
                world.home().temporary().resolve("kafka-streams").toString());
        try {
            jvm.awaitReady();
        } catch (IOException | RuntimeException e) {
            jvm.close();
            throw e;
        }
        report.fact(
                "Kafka Streams",
                "%s, exactly_once_v2, %d threads, RocksDB, caches of 64 MB"
                        .formatted(fetched.version(), KafkaStreamsMain.THREADS));
        return new StreamsPeer(world, telling, jvm);
    }

    Sample turn() throws Exception {
        telling.stage(chapters);
        try (var held = Held.stop(jvm.pid())) {
            telling.publish(world.broker(), KafkaStreamsMain.FROM, chapters);
            var wanted = telling.story().ordersUntil(chapters++);
            var meter = Meter.over(jvm.tree());
            held.letGo();
            listenUntil(wanted);
            return meter.rate(telling.story().events());
        }
    }

    private void listenUntil(long wanted) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (orders < wanted) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Kafka Streams told of %d instead of %d orders within %s".formatted(orders, wanted, PATIENCE));
            }
            told.poll(Duration.ofMillis(100)).forEach(record -> {
                var now = KafkaStreamsMain.Facts.parse(record.value());
                var before = facts.put(ByteBuffer.wrap(record.key()).getLong(), now);
                orders += now.frequency() - (before == null ? 0 : before.frequency());
            });
        }
    }

    void check(Report report) throws SQLException {
        database.run("create table peer.told (customer_id bigint, frequency bigint, monetary bigint, last_day int)");
        try (var connection = database.connect()) {
            var copy = Database.copy(connection).copyIn("copy peer.told from stdin");
            for (var one : facts.entrySet()) {
                var row = (one.getKey() + "\t" + one.getValue().toString().replace(' ', '\t') + "\n")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                copy.writeToCopy(row, 0, row.length);
            }
            copy.endCopy();
        }
        report.check(
                "Kafka Streams: facts of all customers",
                telling.expected(chapters),
                database.row(Telling.sums("peer.told")));
    }

    @Override
    public void close() throws IOException {
        told.close();
        jvm.close();
    }
}
