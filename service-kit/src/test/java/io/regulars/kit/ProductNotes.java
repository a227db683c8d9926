package io.regulars.kit;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.ProductChanged;
import io.regulars.kit.consume.EventConsumer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jdbi.v3.core.Jdbi;

/// Notes down the products of merchants from 900 on.
@ApplicationScoped
class ProductNotes {

    private final Jdbi jdbi;
    private final EventConsumer consumer;

    ProductNotes(Jdbi jdbi, EventConsumer consumer) {
        this.jdbi = jdbi;
        this.consumer = consumer;
    }

    @Incoming("products")
    @Blocking
    void products(ConsumerRecords<byte[], byte[]> records) {
        consumer.consume(
                records,
                ProductChanged.class,
                products -> products.stream()
                        .filter(product -> product.merchantId() >= 900)
                        .forEach(product -> Notes.insert(jdbi, product.merchantId(), product.name())));
    }
}
