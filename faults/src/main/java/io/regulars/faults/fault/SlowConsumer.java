package io.regulars.faults.fault;

import java.time.Duration;
import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;

/// scoring-service takes nothing for half a minute, and then has to catch up.
final class SlowConsumer implements Fault {

    @Override
    public String name() {
        return "slow-consumer";
    }

    @Override
    public String says() {
        return "scoring-service stands still for half a minute while orders come";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.pause(1_000, 3_000);
        strike.rig().say("scoring stands still");
        strike.rig().freeze("scoring", Duration.ofSeconds(30));
        strike.rig().awaitReady(Rig.SERVICES);
        return List.of();
    }
}
