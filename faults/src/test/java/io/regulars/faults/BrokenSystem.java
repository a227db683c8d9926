package io.regulars.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.regulars.faults.fault.KillAtPoints;
import io.regulars.faults.rig.Rig;

/// One system that was killed at some points of each service while two shops worked with it; shared by all tests, its
/// logs and operations stay in `target/faults`.
public final class BrokenSystem {

    private static final long SEED = 20_260_101;

    /// One of each kind; `./regulars faults kill-points` reaches all.
    private static final Set<String> POINTS = Set.of(
            "customer request.before-answer",
            "customer relay.after-send",
            "scoring rescore.in-transaction",
            "scoring consumer.before-offset",
            "campaign message.after-transmitting",
            "campaign smtp.after-dot",
            "campaign sms.after-request");

    private static BrokenSystem instance;

    private final Rig rig;
    private final Outcome outcome;

    private BrokenSystem() throws Exception {
        var root = Path.of("..").toRealPath();
        for (var service : Rig.SERVICES) {
            var jar = root.resolve(service + "-service/target/quarkus-app/quarkus-run.jar");
            if (!Files.exists(jar)) {
                throw new IllegalStateException("the packaged services are run; first: mvn package; missing " + jar);
            }
        }
        var folder = Path.of("target/faults");
        rig = new Rig(root, folder.resolve("home"), folder.resolve("operations.jsonl"), line -> {});
        outcome = new Round(rig, new KillAtPoints(POINTS::contains), SEED, 1, Duration.ofSeconds(60)).run();
    }

    public static synchronized BrokenSystem get() {
        if (instance == null) {
            try {
                instance = new BrokenSystem();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return instance;
    }

    public Rig rig() {
        return rig;
    }

    public Outcome outcome() {
        return outcome;
    }

    static int points() {
        return POINTS.size();
    }
}
