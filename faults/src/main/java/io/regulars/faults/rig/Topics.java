package io.regulars.faults.rig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Kafka as a stranger sees it: plain consumer, plain producer, offsets.
public final class Topics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LARGEST = 8 * 1024 * 1024;

    private final String bootstrap;
    private final Admin admin;

    public Topics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(
                Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", 10_000, "request.timeout.ms", 5_000));
    }

    /// Every record that a topic holds, partition by partition in their order.
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return records(topic, Map.of());
    }

    /// Those from the given offsets on; of other partitions all.
    public List<ConsumerRecord<byte[], byte[]>> records(String topic, Map<TopicPartition, Long> from) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", 50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions.stream()
                    .filter(partition -> !from.containsKey(partition))
                    .toList());
            partitions.stream()
                    .filter(from::containsKey)
                    .forEach(partition -> consumer.seek(partition, from.get(partition)));
            var ends = consumer.endOffsets(partitions, PATIENCE);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(topic + " cannot be read to its end");
                }
            }
            return records;
        }
    }

    /// Writes records, waiting for each acknowledgement at the end; the broker may refuse some.
    ///
    /// @return how many were taken
    public int write(List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "max.request.size",
                LARGEST,
                "buffer.memory",
                4L * LARGEST,
                "linger.ms",
                0);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var acknowledgements = new ArrayList<Future<RecordMetadata>>();
            records.forEach(record -> acknowledgements.add(producer.send(record)));
            var taken = 0;
            for (var acknowledgement : acknowledgements) {
                taken += taken(acknowledgement) ? 1 : 0;
            }
            return taken;
        }
    }

    private static boolean taken(Future<RecordMetadata> acknowledgement) {
        try {
            acknowledgement.get();
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// The same record once more.
    public static ProducerRecord<byte[], byte[]> again(ConsumerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers());
    }

    /// How many records a group has not yet finished, by topic; only topics where it has some.
    ///
    /// @param read the topics that it reads
    public Map<String, Long> lag(String group, List<String> read) {
        var committed = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        var lags = new TreeMap<String, Long>();
        ends(read).forEach((partition, end) -> {
            var done = committed.get(partition);
            var lag = end - (done == null ? 0 : done.offset());
            if (lag > 0) {
                lags.merge(partition.topic(), lag, Long::sum);
            }
        });
        return lags;
    }

    /// Where each partition of these topics ends; topics that nobody has made yet have none.
    Map<TopicPartition, Long> ends(List<String> of) {
        var known = get(admin.listTopics().names());
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        get(admin.describeTopics(of.stream().filter(known::contains).toList()).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        var ends = new HashMap<TopicPartition, Long>();
        get(admin.listOffsets(latest).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
