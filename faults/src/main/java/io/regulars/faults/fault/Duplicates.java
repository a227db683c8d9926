package io.regulars.faults.fault;

import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Topics;

/// Records of all topics come again, in their order, while others come for the first time.
final class Duplicates implements Fault {

    private static final int TIMES = 3;
    private static final int PERCENT = 50;

    @Override
    public String name() {
        return "duplicates";
    }

    @Override
    public String says() {
        return "half of all records of all topics are delivered again, three times";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.workload().broadcast();
        try (var topics = new Topics(strike.rig().kafka())) {
            for (var i = 0; i < TIMES; i++) {
                strike.pause(2_000, 4_000);
                var again = Records.of(topics, strike.workload().shops()).stream()
                        .filter(record -> strike.chance(PERCENT))
                        .map(Topics::again)
                        .toList();
                strike.rig().say(topics.write(again) + " records come again");
            }
        }
        return List.of();
    }
}
