package io.regulars.scoring.intake;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.CustomerChanged;
import io.regulars.events.EngagementRecorded;
import io.regulars.events.InteractionRecorded;
import io.regulars.events.MerchantChanged;
import io.regulars.events.OrderChanged;
import io.regulars.events.ProductChanged;
import io.regulars.kit.consume.EventConsumer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// The topics that scoring reads.
@ApplicationScoped
class Topics {

    private final EventConsumer consumer;
    private final Intake intake;

    Topics(EventConsumer consumer, Intake intake) {
        this.consumer = consumer;
        this.intake = intake;
    }

    @Incoming("merchants")
    @Blocking
    void merchants(ConsumerRecords<byte[], byte[]> batch) {
        consumer.consume(batch, MerchantChanged.class, intake::merchants);
    }

    @Incoming("customers")
    @Blocking
    void customers(ConsumerRecords<byte[], byte[]> batch) {
        consumer.consume(batch, CustomerChanged.class, intake::customers);
    }

    @Incoming("products")
    @Blocking
    void products(ConsumerRecords<byte[], byte[]> batch) {
        consumer.consume(batch, ProductChanged.class, intake::products);
    }

    @Incoming("orders")
    @Blocking
    void orders(ConsumerRecords<byte[], byte[]> batch) {
        consumer.consume(batch, OrderChanged.class, intake::orders);
    }

    @Incoming("interactions")
    @Blocking
    void interactions(ConsumerRecords<byte[], byte[]> batch) {
        consumer.consume(batch, InteractionRecorded.class, intake::interactions);
    }

    @Incoming("engagements")
    @Blocking
    void engagements(ConsumerRecords<byte[], byte[]> batch) {
        consumer.consume(batch, EngagementRecorded.class, intake::engagements);
    }
}
