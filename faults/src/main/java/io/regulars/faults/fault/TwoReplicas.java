package io.regulars.faults.fault;

import java.time.Duration;
import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;

/// A second replica of each service on the same databases and the same Kafka, its clock some seconds off: everything
/// that runs by itself runs twice. A month passes while both are there, and each is killed once.
final class TwoReplicas implements Fault {

    private static final List<String> SECOND =
            Rig.SERVICES.stream().map(service -> service + "-2").toList();
    private static final Duration MONTH = Duration.ofDays(31);
    private static final int MOST_SECONDS_OFF = 5;

    @Override
    public String name() {
        return "two-replicas";
    }

    @Override
    public String says() {
        return "two replicas of each service, their clocks seconds apart; a month passes, and each is killed once";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var rig = strike.rig();
        SECOND.forEach(rig.system().supervisor()::start);
        rig.awaitReady(SECOND);
        rig.say("two replicas of each service run");
        try {
            skew(strike);
            strike.workload().broadcast();
            strike.pause(3_000, 5_000);
            rig.shiftClock(MONTH);
            skew(strike);
            strike.workload().flash();
            strike.pause(2_000, 4_000);
            for (var service : Rig.SERVICES) {
                var victim = strike.random().nextBoolean() ? service : service + "-2";
                rig.say("kill " + victim);
                rig.kill(victim);
                strike.pause(500, 2_500);
            }
            rig.awaitReady(Rig.SERVICES);
            rig.awaitReady(SECOND);
            strike.workload().flash();
            strike.pause(2_000, 3_000);
        } finally {
            SECOND.forEach(rig.system().supervisor()::stop);
        }
        rig.shiftClock(Duration.ofSeconds(MOST_SECONDS_OFF));
        return List.of();
    }

    private static void skew(Strike strike) {
        for (var unit : SECOND) {
            var seconds = strike.random().nextInt(-MOST_SECONDS_OFF, MOST_SECONDS_OFF);
            strike.rig().skewClock(unit, Duration.ofSeconds(seconds));
        }
    }
}
