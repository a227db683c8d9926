package io.regulars.faults.fault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Topics;
import io.regulars.faults.workload.Shop;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Records that no one can read, or that a database refuses, up to the largest that the broker takes. Each must lie in
/// the dead-letter topic, once for each service that reads the topic, and its partition must go on.
final class Poison implements Fault {

    private static final Map<String, List<String>> READERS = Map.of(
            "regulars.customers", List.of("scoring-service", "campaign-service"),
            "regulars.products", List.of("scoring-service", "campaign-service"),
            "regulars.orders", List.of("scoring-service", "campaign-service"),
            "regulars.interactions", List.of("scoring-service"),
            "regulars.scores", List.of("campaign-service"));
    private static final int PARTITIONS = 12;

    /// Kafka's limit on a record, its overhead among it, is 1,048,588 bytes.
    private static final int LARGEST = 1_048_400;

    private final Map<String, List<ProducerRecord<byte[], byte[]>>> written = new LinkedHashMap<>();

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String says() {
        return "unreadable, refused and oversized records in every topic, and the largest order that the API takes";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        written.clear();
        strike.pause(1_000, 3_000);
        try (var topics = new Topics(strike.rig().kafka())) {
            for (var topic : READERS.keySet().stream().sorted().toList()) {
                var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
                for (var body : bodies(strike, topic)) {
                    records.add(new ProducerRecord<>(
                            topic,
                            strike.random().nextInt(PARTITIONS),
                            ("poison/" + strike.random().nextInt()).getBytes(StandardCharsets.UTF_8),
                            body));
                }
                var taken = topics.write(records);
                if (taken != records.size()) {
                    throw new IllegalStateException(
                            "the broker took " + taken + " of " + records.size() + " records for " + topic);
                }
                written.put(topic, records);
            }
        }
        strike.rig().say(written.values().stream().mapToInt(List::size).sum() + " records of poison");
        strike.workload().giantOrder();
        strike.workload().broadcast();
        strike.pause(4_000, 6_000);
        return List.of();
    }

    private static List<byte[]> bodies(Strike strike, String topic) {
        var noise = new byte[LARGEST];
        strike.random().nextBytes(noise);
        var bodies = new ArrayList<byte[]>(List.of(
                new byte[0],
                noise,
                "{".getBytes(StandardCharsets.UTF_8),
                "[]".getBytes(StandardCharsets.UTF_8),
                "{\"merchantId\": \"x\"}".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf("{\"merchantId\":1,\"customerId\":".getBytes(StandardCharsets.UTF_8), 60)));
        if (topic.equals("regulars.orders")) {
            // PostgreSQL has no text with a zero character.
            bodies.add(order(strike.workload().shops().getFirst(), "\\u0000").getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private static String order(Shop shop, String name) {
        return """
                {"merchantId":%d,"orderId":987654321,"version":1,"externalId":"poison","customerId":1,"status":"PAID",
                "orderedAt":"2026-01-01T00:00:00Z","currency":"CNY","bigPromotion":false,"lines":[{"lineNo":1,
                "productCode":"X%s","productName":"%s","category":"%s","quantity":1,"amount":1,"keptQuantity":1,
                "keptAmount":1}],"couponCodes":[],"backfill":true}""".formatted(shop.merchantId(), name, name, name);
    }

    @Override
    public List<Violation> atRest(Strike strike) {
        var violations = new ArrayList<Violation>();
        try (var topics = new Topics(strike.rig().kafka())) {
            written.forEach((topic, records) -> {
                var dead = topics.records(topic + ".dead");
                for (var record : records) {
                    for (var reader : READERS.get(topic)) {
                        if (dead.stream().noneMatch(one -> is(one, record, reader))) {
                            violations.add(new Violation(
                                    "I10",
                                    "poison does not lie in the dead-letter topic",
                                    topic + ", " + record.value().length + " bytes, of " + reader));
                        }
                    }
                }
            });
        }
        return violations;
    }

    private static boolean is(
            ConsumerRecord<byte[], byte[]> dead, ProducerRecord<byte[], byte[]> poison, String reader) {
        var service = dead.headers().lastHeader("dead_service");
        return Arrays.equals(dead.key(), poison.key())
                && service != null
                && new String(service.value(), StandardCharsets.UTF_8).equals(reader);
    }
}
