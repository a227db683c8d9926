package io.regulars.faults.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Pause;
import io.regulars.faults.rig.Rig;

/// One process dies once: a service at one of its kill points or at any instant, Kafka or PostgreSQL. For many short
/// rounds on one system.
public final class KillOne implements Fault {

    private static final Duration ARMED_WITHIN = Duration.ofSeconds(20);
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(12);
    private static final int SLOWER = 8;

    private final List<String> points;
    private String died = "";

    /// @param points of all services
    private KillOne(List<String> points) {
        this.points = List.copyOf(points);
    }

    /// Asks the services for their kill points.
    public static KillOne of(Rig rig) {
        var points = new ArrayList<String>();
        for (var service : Rig.SERVICES) {
            rig.killPoints().of(service).keySet().forEach(point -> points.add(service + " " + point));
        }
        return new KillOne(points);
    }

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public String says() {
        return "short rounds on one system, each killing one process: at a kill point or at any instant";
    }

    /// What died in the last round, and where.
    public String died() {
        return died;
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var victim = Victim.drawn(strike.random(), points);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Campaigns may be away: whoever asks them for something waits.
            var messages = CompletableFuture.runAsync(() -> strike.workload().flash(), threads);
            died = victim.point() == null ? killed(strike, victim) : diedAtPoint(strike, victim);
            // Whoever starts anew needs the processors that the others would take.
            strike.workload().slowDown(SLOWER);
            strike.rig().awaitReady(Rig.UNITS);
            messages.join();
        }
        strike.pause(200, 800);
        return List.of();
    }

    private static String killed(Strike strike, Victim victim) {
        strike.pause(200, 2_500);
        strike.rig().say("kill " + victim.unit());
        strike.rig().kill(victim.unit());
        return victim.kind();
    }

    /// Where the point is not reached the process dies all the same: each round kills one.
    private static String diedAtPoint(Strike strike, Victim victim) {
        var rig = strike.rig();
        var process = rig.system().supervisor().process(victim.unit()).orElseThrow();
        Pause.until(ARMED_WITHIN, () -> {
            try {
                rig.killPoints().arm(victim.unit(), victim.point(), victim.arrival());
                return true;
            } catch (IllegalStateException e) {
                return !process.isAlive();
            }
        });
        if (rig.diesWithin(victim.unit(), process, REACHED_WITHIN)) {
            rig.say(victim.unit() + " died at arrival " + victim.arrival() + " of " + victim.point());
            return victim.kind();
        }
        rig.say(victim.unit() + " did not reach " + victim.point() + " and is killed");
        rig.kill(victim.unit());
        return Victim.anyTime(victim.unit()).kind();
    }
}
