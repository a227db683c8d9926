package io.regulars.faults.fault;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import io.regulars.faults.oracle.Fingerprint;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Topics;

/// Old versions come after new ones, topics overtake each other: everything that was ever said comes again in an order
/// drawn from the seed. First while the workload runs; then, at rest, the state must not move at all (I14).
final class Reorder implements Fault {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "reorder";
    }

    @Override
    public String says() {
        return "everything ever said comes again in a random order: older versions after newer, topics overtaking";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.workload().broadcast();
        strike.pause(4_000, 6_000);
        shuffled(strike);
        strike.pause(2_000, 4_000);
        return List.of();
    }

    @Override
    public List<Violation> atRest(Strike strike) {
        var shops = strike.workload().shops();
        var before = Fingerprint.of(strike.rig(), shops);
        shuffled(strike);
        var busy = strike.rig().settle(PATIENCE);
        return busy.isEmpty()
                ? before.changesTo(Fingerprint.of(strike.rig(), shops), "old records in another order")
                : List.of(new Violation("I10", "not at rest after a replay", String.join("; ", busy)));
    }

    private static void shuffled(Strike strike) {
        try (var topics = new Topics(strike.rig().kafka())) {
            var all = Records.of(topics, strike.workload().shops());
            Collections.shuffle(all, strike.random());
            strike.rig().say(topics.write(all.stream().map(Topics::again).toList()) + " records come in another order");
        }
    }
}
