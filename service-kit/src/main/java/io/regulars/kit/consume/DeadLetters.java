package io.regulars.kit.consume;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.kit.outbox.EventProducer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Records that nobody could apply, kept as they came, with the reason and the place they came from.
@ApplicationScoped
class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int LONGEST_REASON = 500;
    private static final int KEPT_OF_TOO_LARGE = 64 * 1024;

    private final EventProducer producer;
    private final String service;

    DeadLetters(EventProducer producer, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.producer = producer;
        this.service = service;
    }

    /// What Kafka finds too large comes without its end: kept in part it can be looked into, and its partition goes on.
    ///
    /// @throws IllegalStateException where Kafka does not take it
    void send(ConsumerRecord<byte[], byte[]> origin, String reason) {
        try {
            producer.send(List.of(letter(origin, origin.value(), reason)));
        } catch (IllegalStateException e) {
            if (!tooLarge(e)) {
                throw e;
            }
            var beginning = letter(origin, Arrays.copyOf(origin.value(), KEPT_OF_TOO_LARGE), reason);
            header(beginning, "dead_length", Integer.toString(origin.value().length));
            producer.send(List.of(beginning));
        }
        LOG.errorf(
                "record set aside: topic=%s partition=%d offset=%d, see %s.dead",
                origin.topic(), origin.partition(), origin.offset(), origin.topic());
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> origin, byte[] value, String reason) {
        var dead = new ProducerRecord<>(origin.topic() + ".dead", 0, origin.key(), value);
        origin.headers().forEach(header -> dead.headers().add(header));
        header(dead, "dead_reason", reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        header(dead, "dead_service", service);
        header(dead, "dead_partition", Integer.toString(origin.partition()));
        header(dead, "dead_offset", Long.toString(origin.offset()));
        return dead;
    }

    private static boolean tooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
