package io.regulars.bench.relay;

import java.nio.charset.StandardCharsets;

import io.regulars.bench.shop.OrderEvents;
import io.regulars.events.EventJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivedTest {

    private final OrderEvents orders = OrderEvents.of(7, 1, 100);
    private final Arrived arrived = new Arrived();

    @Test
    void takesVersionsInTheirOrder() {
        add(1, 1);
        add(2, 1);
        add(1, 2);

        assertThat(arrived).hasToString("3 events of 2 orders, 0 out of order");
    }

    @Test
    void tellsWhatCameTwiceOrTooEarly() {
        add(1, 2);
        add(2, 1);
        add(2, 1);

        assertThat(arrived).hasToString("3 events of 2 orders, 2 out of order");
    }

    private void add(long order, long version) {
        var event = orders.event(order, version);
        arrived.add(new ConsumerRecord<>(
                "orders", 0, 0, event.key().getBytes(StandardCharsets.UTF_8), EventJson.write(event)));
    }
}
