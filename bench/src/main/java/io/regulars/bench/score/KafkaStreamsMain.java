package io.regulars.bench.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Properties;
import java.util.Set;

import io.regulars.events.EventJson;
import io.regulars.events.OrderChanged;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The peer's process: `KafkaStreamsMain KAFKA STATE-FOLDER`. Keeps each order's version and amount and each customer's
/// recency, frequency and monetary value in state stores with their change logs, and tells of every change, all of it
/// exactly once.
public final class KafkaStreamsMain {

    static final String FROM = "peer.orders";
    static final String TO = "peer.scores";

    static final int THREADS = 2;

    private static final String ORDERS = "orders";
    private static final String CUSTOMERS = "customers";

    private KafkaStreamsMain() {}

    public static void main(String[] arguments) throws IOException {
        var builder = new StreamsBuilder();
        builder.stream(FROM, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .process(new Scoring())
                .to(TO, Produced.with(Serdes.Long(), Serdes.ByteArray()));
        try (var streams = new KafkaStreams(builder.build(), settings(arguments[0], arguments[1]))) {
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.RUNNING) {
                    System.out.println("ready");
                }
            });
            streams.start();
            while (System.in.read() >= 0) {
                // whoever started this ends it by closing its input
            }
        }
    }

    private static Properties settings(String servers, String state) {
        var settings = new Properties();
        settings.put("application.id", "peer-scoring");
        settings.put("bootstrap.servers", servers);
        settings.put("state.dir", state);
        settings.put("processing.guarantee", "exactly_once_v2");
        settings.put("num.stream.threads", THREADS);
        settings.put("replication.factor", 1);
        settings.put("statestore.cache.max.bytes", 64 * 1024 * 1024);
        settings.put("consumer.auto.offset.reset", "earliest");
        settings.put("consumer.max.poll.records", 1_000);
        settings.put("consumer.session.timeout.ms", 45_000);
        settings.put("producer.compression.type", "lz4");
        settings.put("producer.batch.size", 128 * 1024);
        return settings;
    }

    private static final class Scoring implements ProcessorSupplier<byte[], byte[], Long, byte[]> {

        @Override
        public Processor<byte[], byte[], Long, byte[]> get() {
            return new Score();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(ORDERS), Serdes.Long(), Serdes.ByteArray())
                            .withCachingEnabled(),
                    Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(CUSTOMERS), Serdes.Long(), Serdes.ByteArray())
                            .withCachingEnabled());
        }
    }

    private static final class Score implements Processor<byte[], byte[], Long, byte[]> {

        private ProcessorContext<Long, byte[]> context;
        private KeyValueStore<Long, byte[]> orders;
        private KeyValueStore<Long, byte[]> customers;

        @Override
        public void init(ProcessorContext<Long, byte[]> context) {
            this.context = context;
            orders = context.getStateStore(ORDERS);
            customers = context.getStateStore(CUSTOMERS);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            var order = read(record.value());
            var held = orders.get(order.orderId());
            var before = held == null ? ByteBuffer.allocate(16) : ByteBuffer.wrap(held);
            if (before.getLong(0) >= order.version()) {
                return;
            }
            var amount = order.lines().stream()
                    .mapToLong(OrderChanged.Line::keptAmount)
                    .sum();
            orders.put(
                    order.orderId(),
                    ByteBuffer.allocate(16)
                            .putLong(order.version())
                            .putLong(amount)
                            .array());
            var facts = Facts.read(customers.get(order.customerId()))
                    .plus(
                            held == null ? 1 : 0,
                            amount - before.getLong(8),
                            LocalDate.ofInstant(order.orderedAt(), Story.ZONE).toEpochDay());
            customers.put(order.customerId(), facts.write());
            context.forward(new Record<>(
                    order.customerId(), facts.toString().getBytes(StandardCharsets.UTF_8), record.timestamp()));
        }

        private static OrderChanged read(byte[] json) {
            try {
                return EventJson.read(json, OrderChanged.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// As text it is what is told.
    record Facts(long frequency, long monetary, long lastDay) {

        static Facts read(byte[] bytes) {
            if (bytes == null) {
                return new Facts(0, 0, 0);
            }
            var buffer = ByteBuffer.wrap(bytes);
            return new Facts(buffer.getLong(), buffer.getLong(), buffer.getLong());
        }

        static Facts parse(byte[] text) {
            var parts = new String(text, StandardCharsets.UTF_8).split(" ");
            return new Facts(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        Facts plus(long orders, long amount, long day) {
            return new Facts(frequency + orders, monetary + amount, Math.max(lastDay, day));
        }

        byte[] write() {
            return ByteBuffer.allocate(24)
                    .putLong(frequency)
                    .putLong(monetary)
                    .putLong(lastDay)
                    .array();
        }

        @Override
        public String toString() {
            return frequency + " " + monetary + " " + lastDay;
        }
    }
}
