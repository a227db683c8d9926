package io.regulars.faults.fault;

import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;

/// SIGKILL of Kafka or PostgreSQL under all services.
final class KillServer implements Fault {

    private static final int KILLS = 2;

    private final String unit;

    KillServer(String unit) {
        this.unit = unit;
    }

    @Override
    public String name() {
        return "kill-" + unit;
    }

    @Override
    public String says() {
        return "SIGKILL of " + unit + " under all services";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        for (var i = 0; i < KILLS; i++) {
            strike.pause(1_000, 5_000);
            if (i == 0) {
                strike.workload().broadcast();
            }
            strike.rig().say("kill " + unit);
            strike.rig().kill(unit);
            strike.rig().awaitReady(List.of(unit));
            strike.rig().awaitReady(Rig.SERVICES);
        }
        return List.of();
    }
}
