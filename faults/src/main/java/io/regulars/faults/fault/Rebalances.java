package io.regulars.faults.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Pause;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A stranger joins the services' consumer groups, is given partitions, reads without ever finishing anything, and
/// leaves: a rebalance every few seconds.
final class Rebalances implements Fault {

    private static final int TIMES = 10;
    private static final Duration STAYS = Duration.ofMillis(1_000);

    /// A busy machine takes its time to share the partitions out.
    private static final Duration JOINS_WITHIN = Duration.ofSeconds(8);

    private static final Map<String, List<String>> GROUPS = Map.of(
            "scoring-service", List.of("regulars.customers", "regulars.orders", "regulars.interactions"),
            "campaign-service", List.of("regulars.customers", "regulars.orders", "regulars.scores"));

    @Override
    public String name() {
        return "rebalances";
    }

    @Override
    public String says() {
        return "a stranger joins and leaves the services' consumer groups every three seconds";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.workload().broadcast();
        var given = 0;
        for (var i = 0; i < TIMES; i++) {
            for (var group : GROUPS.entrySet()) {
                given += visit(strike, group.getKey(), group.getValue());
            }
            if (i == TIMES / 2) {
                strike.workload().flash();
            }
        }
        strike.rig().say("the stranger was given partitions " + given + " times in " + GROUPS.size() * TIMES);
        return given > 0
                ? List.of()
                : List.of(new Violation("coverage", "the stranger was never given a partition", name()));
    }

    private static int visit(Strike strike, String group, List<String> topics) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                strike.rig().kafka(),
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "partition.assignment.strategy",
                // As the services have it, else no group would take both.
                CooperativeStickyAssignor.class.getName(),
                "auto.offset.reset",
                "earliest");
        try (var stranger = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            stranger.subscribe(topics);
            var given = Pause.until(JOINS_WITHIN, () -> {
                stranger.poll(Duration.ofMillis(100));
                return !stranger.assignment().isEmpty();
            });
            var leavesAt = System.nanoTime() + STAYS.toNanos();
            while (System.nanoTime() < leavesAt) {
                stranger.poll(Duration.ofMillis(100));
            }
            return given ? 1 : 0;
        }
    }
}
