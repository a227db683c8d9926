package io.regulars.local.journey;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.regulars.local.api.ApiException;
import org.awaitility.core.ConditionFactory;

import static org.awaitility.Awaitility.await;

/// Waits for what events bring about.
final class Waiting {

    /// Long, since it is spent only where something is wrong, or the machine is busy with other work.
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private Waiting() {}

    static void until(Callable<Boolean> state) {
        until(PATIENCE, state);
    }

    static void until(Duration patience, Callable<Boolean> state) {
        patiently()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(Waiting::comesBack)
                .until(state);
    }

    /// The mail sandbox lives in this process, and a thread of it ends with an exception when the client at its other
    /// end is killed, which says nothing of the state that is waited for.
    private static ConditionFactory patiently() {
        return await().dontCatchUncaughtExceptions();
    }

    /// The answer for a service that a test has killed and that is not back yet.
    private static boolean comesBack(Throwable failure) {
        return failure instanceof ApiException api && (api.status() == 0 || api.status() >= 500);
    }

    /// The state holds for so long that what would break it had time to happen.
    static void holds(Callable<Boolean> state) {
        patiently().during(QUIET).atMost(QUIET.plusSeconds(5)).until(state);
    }
}
