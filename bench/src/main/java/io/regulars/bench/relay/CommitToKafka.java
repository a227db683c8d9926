package io.regulars.bench.relay;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.load.ClosedLoop;
import io.regulars.bench.load.OpenLoop;
import io.regulars.bench.load.Posts;
import io.regulars.bench.measure.Latency;
import io.regulars.bench.report.Goal;
import io.regulars.bench.report.Report;
import io.regulars.bench.shop.OrderSource;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.world.Broker;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.Merchant;
import io.regulars.bench.world.World;
import io.regulars.events.Topic;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/// Orders that come by the API: how long after its transaction's commit each order's event is with a consumer. When the
/// commit was, PostgreSQL keeps.
final class CommitToKafka {

    private static final int CONNECTIONS = 32;
    private static final int CLIENTS = 16;
    private static final double GOAL_MILLIS = 20;
    private static final String COMMITS = """
            select order_id, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000
            from customer_order where merchant_id = ? and external_id like ?
            """;

    private final Bench bench;
    private final Report report;
    private final World world;
    private final Merchant merchant;
    private final Database database;
    private final OrderSource orders;

    CommitToKafka(Bench bench, Report report, World world, Merchant merchant, int customers) {
        this.bench = bench;
        this.report = report;
        this.world = world;
        this.merchant = merchant;
        this.database = world.database("customer");
        this.orders = OrderSource.ofOneYear(bench.seed(), customers);
    }

    void measure() throws Exception {
        report.say(
                "Commit to Kafka: single orders by POST at a part of the greatest rate; from the instant at which PostgreSQL committed the order to that at which a consumer has its event.");
        var greatest = greatestRate();
        int[] parts = bench.quick() ? new int[] {50} : new int[] {10, 50, 80};
        for (var percent : parts) {
            var latency = at(greatest * percent / 100, "L" + percent + "-");
            report.latency(
                    "commit to Kafka at " + percent + " %", latency, percent == 50 ? Goal.atMost(GOAL_MILLIS) : null);
            bench.progress()
                    .accept("commit to Kafka at %d %%: p50 %.2f ms, p99 %.2f ms"
                            .formatted(percent, latency.p50(), latency.p99()));
        }
    }

    private double greatestRate() throws Exception {
        var time = bench.pick(Duration.ofSeconds(6), Duration.ofSeconds(1));
        ClosedLoop.during(posts("W"), CLIENTS, time);
        var answered = ClosedLoop.during(posts("G"), CLIENTS, time);
        Outbox.awaitEmpty(database);
        return answered / (double) time.toSeconds();
    }

    private Latency at(double rate, String prefix) throws Exception {
        var time = bench.pick(Duration.ofSeconds(10), Duration.ofSeconds(2));
        try (var arrivals = new Arrivals(world.broker())) {
            OpenLoop.at(rate, posts(prefix), CONNECTIONS, time);
            Outbox.awaitEmpty(database);
            var commits = commits(prefix);
            arrivals.await(commits.size());
            var times = new Histogram(3);
            commits.forEach((order, commit) -> arrivals.micros("%d/o%d".formatted(merchant.id(), order))
                    .ifPresent(arrival -> times.recordValue(1_000 * Math.max(0, arrival - commit))));
            report.check("commit to Kafka: events that arrived", commits.size(), arrivals.count());
            return Latency.of(rate, time.toMillis() / 1e3, times);
        }
    }

    private Posts posts(String prefix) throws Exception {
        return new Posts(
                world.service("customer").resolve("/api/customer/v1/orders"),
                world.token(merchant),
                () -> orders.json(prefix));
    }

    private Map<Long, Long> commits(String prefix) throws SQLException {
        var commits = new HashMap<Long, Long>();
        try (var connection = database.connect();
                var query = connection.prepareStatement(COMMITS)) {
            query.setInt(1, merchant.id());
            query.setString(2, prefix + "%");
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    commits.put(rows.getLong(1), rows.getBigDecimal(2).longValue());
                }
            }
        }
        return commits;
    }

    /// When each record's key was first seen.
    private static final class Arrivals implements AutoCloseable {

        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private final Clock clock = Clock.systemUTC();
        private final Map<String, Long> micros = new ConcurrentHashMap<>();
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Thread thread;

        Arrivals(Broker broker) {
            consumer = broker.consumer();
            var partitions = Broker.partitions(consumer, Topic.ORDERS.topicName());
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            thread = Thread.ofPlatform().name("arrivals").start(this::listen);
        }

        private void listen() {
            try (consumer) {
                while (true) {
                    var records = consumer.poll(Duration.ofSeconds(1));
                    var now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
                    records.forEach(
                            record -> micros.putIfAbsent(new String(record.key(), StandardCharsets.UTF_8), now));
                }
            } catch (WakeupException e) {
                return;
            }
        }

        void await(int count) throws InterruptedException {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (micros.size() < count && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        Optional<Long> micros(String key) {
            return Optional.ofNullable(micros.get(key));
        }

        int count() {
            return micros.size();
        }

        @Override
        public void close() {
            consumer.wakeup();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
