package io.regulars.bench.journey;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.world.World;
import io.regulars.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// Whether anything is still under way in the whole system.
final class Rest {

    private static final Map<String, List<Topic>> READS = Map.of(
            "scoring-service", List.of(Topic.CUSTOMERS, Topic.ORDERS),
            "campaign-service", List.of(Topic.CUSTOMERS, Topic.ORDERS, Topic.SCORES));

    private final World world;

    Rest(World world) {
        this.world = world;
    }

    /// @return how long it took, from now
    double await(Duration patience) throws Exception {
        var began = System.nanoTime();
        try (var admin = Admin.create(Map.of("bootstrap.servers", world.broker().servers()))) {
            while (busy(admin)) {
                if (System.nanoTime() - began > patience.toNanos()) {
                    throw new IllegalStateException("the system is not at rest after " + patience);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private boolean busy(Admin admin) throws SQLException, InterruptedException, ExecutionException {
        for (var service : List.of("customer", "scoring", "campaign")) {
            if (world.database(service).number("select count(*) from (select from outbox limit 1) as waiting") > 0) {
                return true;
            }
        }
        for (var group : READS.entrySet()) {
            if (lag(admin, group.getKey(), group.getValue()) > 0) {
                return true;
            }
        }
        return false;
    }

    /// Offsets are committed every few seconds, so this is late rather than early.
    private static long lag(Admin admin, String group, List<Topic> topics)
            throws InterruptedException, ExecutionException {
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        var lag = 0L;
        for (var topic : topics) {
            var partitions = admin
                    .describeTopics(List.of(topic.topicName()))
                    .allTopicNames()
                    .get()
                    .get(topic.topicName())
                    .partitions()
                    .stream()
                    .map(partition -> new TopicPartition(topic.topicName(), partition.partition()))
                    .collect(java.util.stream.Collectors.toMap(
                            partition -> partition, partition -> OffsetSpec.latest()));
            for (var end : admin.listOffsets(partitions).all().get().entrySet()) {
                var done = committed.get(end.getKey());
                lag += end.getValue().offset() - (done == null ? 0 : done.offset());
            }
        }
        return lag;
    }
}
