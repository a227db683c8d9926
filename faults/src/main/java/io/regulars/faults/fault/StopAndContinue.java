package io.regulars.faults.fault;

import java.time.Duration;
import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;

/// SIGSTOP and SIGCONT: processes that hang and come back, Kafka and PostgreSQL among them.
final class StopAndContinue implements Fault {

    /// Longer than a message's lease and a consumer's session.
    private static final Duration LONG = Duration.ofSeconds(17);

    @Override
    public String name() {
        return "stop-continue";
    }

    @Override
    public String says() {
        return "SIGSTOP and SIGCONT of Kafka, PostgreSQL and the services; campaign-service for longer than its leases";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.workload().broadcast();
        for (var unit : Rig.UNITS) {
            strike.pause(500, 2_500);
            freeze(strike, unit, Duration.ofMillis(1_000 + strike.random().nextInt(6_000)));
        }
        freeze(strike, "campaign", LONG);
        strike.rig().awaitReady(Rig.SERVICES);
        return List.of();
    }

    private static void freeze(Strike strike, String unit, Duration duration) {
        strike.rig().say("stop " + unit + " for " + duration.toMillis() + " ms");
        strike.rig().freeze(unit, duration);
    }
}
