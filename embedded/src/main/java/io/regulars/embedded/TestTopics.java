package io.regulars.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import io.regulars.events.Event;
import io.regulars.events.EventJson;
import io.regulars.events.Partitioning;
import io.regulars.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes and reads the services' topics as another service would.
public final class TestTopics {

    private static final int PARTITIONS = 12;

    private TestTopics() {}

    public static void publish(Event event) {
        publish(Sandboxes.kafkaBootstrap(), event);
    }

    /// Publishes events of one topic and customer as one batch, so that a reader gets them together.
    public static void publishTogether(List<? extends Event> events) {
        publish(
                Sandboxes.kafkaBootstrap(),
                events.getFirst().topic().topicName(),
                events.stream().map(TestTopics::record).toList());
    }

    public static void publish(String bootstrap, Event event) {
        publish(bootstrap, event.topic().topicName(), record(event));
    }

    /// Publishes bytes that may be no event, to the customer's partition.
    public static void publishRaw(Topic topic, int merchantId, long customerId, String key, byte[] value) {
        var partition = Partitioning.spread(merchantId, customerId) % PARTITIONS;
        var record = new ProducerRecord<>(topic.topicName(), partition, key.getBytes(StandardCharsets.UTF_8), value);
        publish(Sandboxes.kafkaBootstrap(), topic.topicName(), record);
    }

    /// Everything the topic holds now, oldest first within a partition; waits so long for a first record.
    public static List<Event> read(Topic topic, Duration patience) {
        return readRaw(topic.topicName(), patience).stream()
                .filter(record -> record.value() != null)
                .map(record -> parse(record.value(), topic.eventClass()))
                .toList();
    }

    /// The records themselves, headers and all; for dead-letter topics too.
    public static List<ConsumerRecord<byte[], byte[]>> readRaw(String topic, Duration patience) {
        return readRaw(Sandboxes.kafkaBootstrap(), topic, patience);
    }

    public static List<ConsumerRecord<byte[], byte[]>> readRaw(String bootstrap, String topic, Duration patience) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic, patience).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            consumer.poll(patience).forEach(records::add);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /// Sends a record as it stands once more, as a replay of the topic would.
    public static void replay(String bootstrap, ConsumerRecord<byte[], byte[]> record) {
        publish(
                bootstrap,
                record.topic(),
                new ProducerRecord<>(
                        record.topic(), record.partition(), record.key(), record.value(), record.headers()));
    }

    private static ProducerRecord<byte[], byte[]> record(Event event) {
        var record = new ProducerRecord<>(
                event.topic().topicName(),
                Partitioning.partition(event, PARTITIONS),
                event.key().getBytes(StandardCharsets.UTF_8),
                EventJson.write(event));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        "/regulars/test",
                        "ce_type",
                        event.topic().cloudEventType(),
                        "ce_time",
                        Instant.now(Clock.systemUTC()).toString(),
                        "content-type",
                        "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static void publish(String bootstrap, String topic, ProducerRecord<byte[], byte[]> record) {
        publish(bootstrap, topic, List.of(record));
    }

    private static void publish(String bootstrap, String topic, List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "acks", "all");
        createIfMissing(settings, topic);
        // Lingers until flushed: what goes to one partition goes in one batch.
        Map<String, Object> batching = Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 60_000);
        try (var producer = new KafkaProducer<>(batching, new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = records.stream().map(producer::send).toList();
            producer.flush();
            for (var one : sent) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("not published to " + topic, e.getCause());
        }
    }

    private static void createIfMissing(Map<String, Object> settings, String topic) {
        try (var admin = Admin.create(settings)) {
            var missing = new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())
                    .configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(missing)).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + topic + " cannot be created", e.getCause());
            }
        }
    }

    private static <E extends Event> Event parse(byte[] value, Class<E> type) {
        try {
            return EventJson.read(value, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
