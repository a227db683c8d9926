package io.regulars.kit.consume;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How far each partition of a consumer is applied, as far as Kafka has not taken it yet.
final class Offsets {

    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Map<TopicPartition, Long> waiting = new HashMap<>();

    synchronized void assigned(Collection<TopicPartition> partitions) {
        assigned.addAll(partitions);
    }

    /// From here on another consumer tells of them.
    ///
    /// @return what of them is not taken yet
    synchronized Map<TopicPartition, OffsetAndMetadata> revoked(Collection<TopicPartition> partitions) {
        var last = waiting(partitions::contains);
        assigned.removeAll(partitions);
        waiting.keySet().removeAll(partitions);
        return last;
    }

    /// What is applied after its partition was revoked does not count: the next consumer applies it again.
    synchronized void applied(TopicPartition partition, long offset) {
        if (assigned.contains(partition)) {
            waiting.merge(partition, offset + 1, Math::max);
        }
    }

    synchronized Map<TopicPartition, OffsetAndMetadata> waiting() {
        return waiting(partition -> true);
    }

    private Map<TopicPartition, OffsetAndMetadata> waiting(Predicate<TopicPartition> which) {
        return waiting.entrySet().stream()
                .filter(one -> which.test(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, one -> new OffsetAndMetadata(one.getValue())));
    }

    /// What went on meanwhile still waits.
    synchronized void taken(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> waiting.remove(partition, offset.offset()));
    }
}
