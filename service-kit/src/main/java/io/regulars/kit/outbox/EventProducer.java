package io.regulars.kit.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;
import io.regulars.kit.outbox.OutboxRelay.Waiting;
import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Writes to Kafka, idempotently, and returns when all of it is acknowledged. Records are CloudEvents 1.0 in binary
/// mode.
@ApplicationScoped
public class EventProducer {

    /// The largest order that customer-service takes makes an event of 4 MB. One that Kafka refuses would keep all
    /// behind it in the outbox for ever.
    static final int LARGEST_EVENT = 8 * 1024 * 1024;

    /// What a dead letter's headers may add.
    static final int LARGEST_DEAD_LETTER = LARGEST_EVENT + 64 * 1024;

    private static final int BATCH_BYTES = 256 * 1024;

    private final Map<String, Object> kafka;
    private final String source;
    private volatile KafkaProducer<byte[], byte[]> producer;

    EventProducer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.kafka = kafka;
        this.source = source;
    }

    /// @throws IllegalStateException where Kafka did not take all of them in time; some may have been written
    public void sendAll(List<Waiting> events) {
        Map<String, Integer> partitions = new HashMap<>();
        List<ProducerRecord<byte[], byte[]>> records = events.stream()
                .map(event -> toRecord(event, partitions.computeIfAbsent(event.topic(), this::partitions)))
                .toList();
        send(records);
    }

    private int partitions(String topic) {
        return open().partitionsFor(topic).size();
    }

    /// @throws IllegalStateException where Kafka did not take all of them in time; some may have been written
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        KafkaProducer<byte[], byte[]> open = open();
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
        try {
            records.forEach(record -> acknowledgements.add(open.send(record)));
            open.flush();
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException | RuntimeException e) {
            close();
            throw new IllegalStateException("Kafka did not acknowledge", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka had not acknowledged", e);
        }
    }

    private ProducerRecord<byte[], byte[]> toRecord(Waiting event, int partitions) {
        var record = new ProducerRecord<>(
                event.topic(),
                event.spread() % partitions,
                null, // the broker's own time: it refuses records from the future, and a local clock may be shifted
                event.eventKey().getBytes(StandardCharsets.UTF_8),
                event.body());
        Headers headers = record.headers();
        header(headers, "ce_specversion", "1.0");
        header(headers, "ce_id", new UUID(source.hashCode(), event.id()).toString());
        header(headers, "ce_source", "/" + source);
        header(headers, "ce_type", event.eventType());
        header(headers, "ce_time", event.eventTime().toString());
        header(headers, "content-type", "application/json");
        return record;
    }

    private static void header(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized KafkaProducer<byte[], byte[]> open() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
            // Records wait for their batch to fill, and for no time: each call flushes what it sent.
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 1_000);
            settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_DEAD_LETTER);
            settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
            settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private synchronized void close() {
        if (producer != null) {
            // After a failure the order of what is still in its buffers is no longer ours to know.
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    void stop(@Observes @Priority(5_000) ShutdownEvent event) {
        close();
    }
}
