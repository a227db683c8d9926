package io.regulars.kit.consume;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.kit.outbox.EventProducer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Records that nobody could apply, kept as they came, with the reason and the place they came from.
@ApplicationScoped
class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 500;

    private final EventProducer producer;
    private final String service;

    DeadLetters(EventProducer producer, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.producer = producer;
        this.service = service;
    }

    /// @throws IllegalStateException where Kafka does not take it
    void send(ConsumerRecord<byte[], byte[]> origin, String reason) {
        var dead = new ProducerRecord<>(origin.topic() + ".dead", 0, origin.key(), origin.value());
        origin.headers().forEach(header -> dead.headers().add(header));
        header(dead, "dead_reason", reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        header(dead, "dead_service", service);
        header(dead, "dead_partition", Integer.toString(origin.partition()));
        header(dead, "dead_offset", Long.toString(origin.offset()));
        producer.send(List.of(dead));
        LOG.errorf(
                "record set aside: topic=%s partition=%d offset=%d, see %s.dead",
                origin.topic(), origin.partition(), origin.offset(), origin.topic());
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
