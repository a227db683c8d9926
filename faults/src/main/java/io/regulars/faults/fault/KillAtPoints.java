package io.regulars.faults.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Pause;
import io.regulars.faults.rig.Rig;

/// Kills each service at each of its named points once, in an order drawn from the seed, the three services at once.
public final class KillAtPoints implements Fault {

    private static final Duration REACHED_WITHIN = Duration.ofSeconds(60);
    private static final int LATEST_ARRIVAL = 3;

    private final Predicate<String> chosen;

    public KillAtPoints() {
        this(point -> true);
    }

    /// @param chosen which points, as `campaign smtp.after-dot`
    public KillAtPoints(Predicate<String> chosen) {
        this.chosen = chosen;
    }

    @Override
    public String name() {
        return "kill-points";
    }

    @Override
    public String says() {
        return "each service dies at each of its named kill points";
    }

    @Override
    public List<Violation> strike(Strike strike) {
        var missed = new CopyOnWriteArrayList<Violation>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var works = new ArrayList<CompletableFuture<Void>>();
            for (var service : Rig.SERVICES) {
                var random = new Random(strike.random().nextLong());
                works.add(CompletableFuture.runAsync(() -> killAll(strike, service, random, missed), threads));
            }
            var all = CompletableFuture.allOf(works.toArray(CompletableFuture<?>[]::new));
            while (!all.isDone()) {
                strike.workload().flash();
                strike.pause(7_000, 11_000);
            }
            all.join();
        }
        return List.copyOf(missed);
    }

    /// A busy service may answer late, when it is armed already; or reach the point before it answers.
    private static boolean arm(Rig rig, String service, ProcessHandle process, String point, int arrival) {
        return Pause.until(REACHED_WITHIN, () -> {
            try {
                rig.killPoints().arm(service, point, arrival);
                return true;
            } catch (IllegalStateException e) {
                return !process.isAlive();
            }
        });
    }

    private void killAll(Strike strike, String service, Random random, List<Violation> missed) {
        var rig = strike.rig();
        var points = new ArrayList<>(rig.killPoints().of(service).keySet());
        points.removeIf(point -> !chosen.test(service + " " + point));
        Collections.shuffle(points, random);
        for (var point : points) {
            var process = rig.system().supervisor().process(service).orElseThrow();
            var arrival = 1 + random.nextInt(LATEST_ARRIVAL);
            var armed = arm(rig, service, process, point, arrival);
            if (armed && rig.diesWithin(service, process, REACHED_WITHIN)) {
                rig.say(service + " died at arrival " + arrival + " of " + point);
                rig.awaitReady(List.of(service));
            } else {
                rig.say(service + " did not reach " + point);
                missed.add(new Violation("coverage", "a kill point was not reached", service + " " + point));
            }
        }
    }
}
