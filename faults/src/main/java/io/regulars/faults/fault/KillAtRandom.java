package io.regulars.faults.fault;

import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;

/// SIGKILL of a random service at random instants, also while it starts.
final class KillAtRandom implements Fault {

    private static final int KILLS = 8;

    @Override
    public String name() {
        return "kill-random";
    }

    @Override
    public String says() {
        return "SIGKILL of a random service at random instants";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        for (var i = 0; i < KILLS; i++) {
            if (i == KILLS / 2) {
                strike.workload().broadcast();
            }
            strike.pause(300, 5_000);
            var service = Rig.SERVICES.get(strike.random().nextInt(Rig.SERVICES.size()));
            strike.rig().say("kill " + service);
            strike.rig().kill(service);
        }
        strike.rig().awaitReady(Rig.SERVICES);
        return List.of();
    }
}
