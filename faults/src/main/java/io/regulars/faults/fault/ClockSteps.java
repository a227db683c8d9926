package io.regulars.faults.fault;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;

/// The clocks of the services step forth and back by minutes, each on its own; once all of them over the merchants'
/// midnight and back. In the end they agree again, ahead of all that they ever showed.
final class ClockSteps implements Fault {

    private static final ZoneId SHOPS = ZoneId.of("Asia/Shanghai");
    private static final int STEPS = 8;
    private static final int LARGEST_SECONDS = 240;

    @Override
    public String name() {
        return "clock-steps";
    }

    @Override
    public String says() {
        return "the services' clocks step forth and back, each on its own, once over midnight";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        strike.workload().broadcast();
        for (var i = 0; i < STEPS; i++) {
            step(strike);
            if (i == STEPS / 2) {
                overMidnight(strike);
                strike.workload().flash();
            }
            strike.pause(1_500, 3_000);
        }
        strike.rig().shiftClock(toMidnight(strike.rig()).plusSeconds(2L * LARGEST_SECONDS));
        return List.of();
    }

    private static void step(Strike strike) {
        var unit = Rig.SERVICES.get(strike.random().nextInt(Rig.SERVICES.size()));
        var by = Duration.ofSeconds(strike.random().nextInt(-LARGEST_SECONDS, LARGEST_SECONDS));
        strike.rig().say("the clock of " + unit + " is " + by + " off");
        strike.rig().skewClock(unit, by);
    }

    private static void overMidnight(Strike strike) {
        var by = toMidnight(strike.rig()).plusSeconds(60);
        strike.rig().say("all clocks step over midnight and back");
        Rig.SERVICES.forEach(unit -> strike.rig().skewClock(unit, by));
        strike.pause(3_000, 5_000);
        Rig.SERVICES.forEach(unit -> strike.rig().skewClock(unit, Duration.ZERO));
    }

    private static Duration toMidnight(Rig rig) {
        var now = rig.clock().instant();
        var midnight = LocalDate.ofInstant(now, SHOPS).plusDays(1).atStartOfDay(SHOPS);
        return Duration.between(now, midnight.toInstant());
    }
}
