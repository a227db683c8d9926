package io.regulars.faults.fault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.regulars.faults.rig.Topics;
import io.regulars.faults.workload.Shop;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The records of the shops at hand, in all topics.
final class Records {

    static final List<String> TOPICS = List.of(
            "regulars.merchants",
            "regulars.customers",
            "regulars.products",
            "regulars.orders",
            "regulars.interactions",
            "regulars.scores",
            "regulars.engagements");

    private Records() {}

    static List<ConsumerRecord<byte[], byte[]>> of(Topics topics, List<Shop> shops) {
        var merchants =
                shops.stream().map(shop -> Integer.toString(shop.merchantId())).toList();
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (var topic : TOPICS) {
            topics.records(topic).stream()
                    .filter(record -> record.key() != null && record.value() != null)
                    .filter(record ->
                            merchants.contains(new String(record.key(), StandardCharsets.UTF_8).split("/")[0]))
                    .forEach(records::add);
        }
        return records;
    }
}
