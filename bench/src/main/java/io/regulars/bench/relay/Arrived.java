package io.regulars.bench.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import io.regulars.events.EventJson;
import io.regulars.events.OrderChanged;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Whether each event arrived once, and those of one key in their order.
final class Arrived {

    private final Map<String, Long> last = new HashMap<>();
    private long events;
    private long outOfOrder;

    void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            var event = EventJson.read(record.value(), OrderChanged.class);
            var key = new String(record.key(), StandardCharsets.UTF_8);
            if (!key.equals(event.key())) {
                throw new IllegalStateException("the record of " + key + " holds " + event.key());
            }
            events++;
            var before = last.put(key, event.version());
            if (event.version() != (before == null ? 1 : before + 1)) {
                outOfOrder++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "%d events of %d orders, %d out of order".formatted(events, last.size(), outOfOrder);
    }

    static String expected(OutboxRows rows) {
        return "%d events of %d orders, 0 out of order".formatted(rows.count(), rows.count() / rows.versions());
    }
}
