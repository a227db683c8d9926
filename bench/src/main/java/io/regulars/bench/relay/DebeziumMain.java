package io.regulars.bench.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;

/// Debezium's process: `DebeziumMain PORT DATABASE USER PASSWORD KAFKA OFFSETS-FILE`. What its outbox event router
/// makes
/// of the rows goes to Kafka by a producer with the settings of the services.
public final class DebeziumMain {

    /// Four times the default; larger ones made it no faster.
    static final int BATCH = 8_192;

    private static final int PARTITIONS = 12;

    private final KafkaProducer<byte[], byte[]> producer;

    private DebeziumMain(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    public static void main(String[] arguments) throws Exception {
        try (var producer = producer(arguments[4]);
                var threads = Executors.newSingleThreadExecutor();
                var engine = DebeziumEngine.create(Connect.class)
                        .using(settings(arguments))
                        .using(new DebeziumEngine.ConnectorCallback() {
                            @Override
                            public void taskStarted() {
                                System.out.println("ready");
                            }
                        })
                        .using((success, message, error) -> System.err.println(message + " " + error))
                        .notifying(new DebeziumMain(producer)::relay)
                        .build()) {
            threads.execute(engine);
            while (System.in.read() >= 0) {
                // whoever started this ends it by closing its input
            }
        }
    }

    private void relay(
            List<ChangeEvent<SourceRecord, SourceRecord>> events,
            DebeziumEngine.RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
            throws InterruptedException {
        var acknowledgements = new ArrayList<Future<RecordMetadata>>(events.size());
        for (var event : events) {
            if (event.value() != null && event.value().value() != null) {
                acknowledgements.add(producer.send(record(event.value())));
            }
        }
        producer.flush();
        for (var acknowledgement : acknowledgements) {
            try {
                acknowledgement.get();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        for (var event : events) {
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }

    private static ProducerRecord<byte[], byte[]> record(SourceRecord source) {
        var record = new ProducerRecord<>(
                source.topic(), source.kafkaPartition() % PARTITIONS, bytes(source.key()), bytes(source.value()));
        for (Header header : source.headers()) {
            record.headers().add(header.key(), bytes(header.value()));
        }
        record.headers().add("ce_specversion", bytes("1.0"));
        record.headers().add("ce_source", bytes("/peer"));
        record.headers().add("content-type", bytes("application/json"));
        return record;
    }

    private static byte[] bytes(Object value) {
        return switch (value) {
            case byte[] bytes -> bytes;
            case ByteBuffer buffer -> {
                var bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                yield bytes;
            }
            default -> value.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "enable.idempotence",
                        true,
                        "acks",
                        "all",
                        "linger.ms",
                        1_000,
                        "batch.size",
                        256 * 1024,
                        "compression.type",
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static Properties settings(String[] arguments) {
        var settings = new Properties();
        settings.putAll(Map.of(
                "name",
                "peer",
                "connector.class",
                "io.debezium.connector.postgresql.PostgresConnector",
                "offset.storage",
                "org.apache.kafka.connect.storage.FileOffsetBackingStore",
                "offset.storage.file.filename",
                arguments[5],
                "offset.flush.interval.ms",
                "1000",
                "database.hostname",
                "localhost",
                "database.port",
                arguments[0],
                "database.dbname",
                arguments[1],
                "database.user",
                arguments[2],
                "database.password",
                arguments[3]));
        settings.putAll(Map.of(
                "topic.prefix", "peer",
                "plugin.name", "pgoutput",
                "slot.name", "peer",
                "slot.drop.on.stop", "true",
                "publication.autocreate.mode", "filtered",
                "table.include.list", "peer.outbox",
                "snapshot.mode", "no_data",
                "tombstones.on.delete", "false",
                "max.batch.size", Integer.toString(BATCH),
                "max.queue.size", Integer.toString(4 * BATCH)));
        settings.putAll(Map.of(
                "poll.interval.ms", "5",
                "transforms", "outbox",
                "transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter",
                "transforms.outbox.table.field.event.key", "event_key",
                "transforms.outbox.table.field.event.payload", "body",
                "transforms.outbox.route.by.field", "topic",
                "transforms.outbox.route.topic.replacement", "${routedByValue}",
                "transforms.outbox.table.fields.additional.placement",
                        "spread:partition,event_type:header:ce_type,event_time:header:ce_time"));
        return settings;
    }
}
