package io.regulars.bench.world;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka as a benchmark looks at it: topics of its own, how far they have grown, what lies in them.
public final class Broker {

    /// As many as a service's topics have.
    public static final int PARTITIONS = 12;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String servers;

    public Broker(String servers) {
        this.servers = servers;
    }

    public String servers() {
        return servers;
    }

    public void create(String topic) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
    }

    /// Idempotent and acknowledged by all, as the services write.
    ///
    /// @param lingerMillis how long a record waits for others
    public KafkaProducer<byte[], byte[]> producer(int lingerMillis) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "acks",
                        "all",
                        "linger.ms",
                        lingerMillis,
                        "batch.size",
                        128 * 1024,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// In no group; what is in an open transaction it does not see.
    public KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "fetch.max.wait.ms",
                        500,
                        "max.poll.records",
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    public static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /// A topic from this moment on.
    public Since since(String topic) {
        return new Since(topic, consumer());
    }

    /// What was written to a topic since.
    public static final class Since implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<TopicPartition> partitions;
        private final Map<TopicPartition, Long> from;

        private Since(String topic, KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
            this.partitions = partitions(consumer, topic);
            this.from = new HashMap<>(consumer.endOffsets(partitions));
        }

        /// Waits until so many more lie in it, without reading them.
        public void awaitGrowth(long records) throws InterruptedException {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (growth() < records) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "only %d of %d records within %s".formatted(growth(), records, PATIENCE));
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        public long growth() {
            return consumer.endOffsets(partitions).entrySet().stream()
                    .mapToLong(end -> end.getValue() - from.get(end.getKey()))
                    .sum();
        }

        /// All of them, partition by partition in their order.
        public void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
            consumer.assign(partitions);
            from.forEach(consumer::seek);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(each);
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
