package io.regulars.faults.fault;

import java.time.Duration;
import java.util.Random;

import io.regulars.faults.rig.Pause;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.workload.Workload;

/// What a fault has at hand, while the workload runs.
///
/// @param random drawn from the seed
public record Strike(Rig rig, Workload workload, Random random) {

    void pause(int fromMillis, int toMillis) {
        Pause.of(Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis)));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
