package io.regulars.local.journey;

import java.time.Duration;
import java.util.concurrent.Callable;

import static org.awaitility.Awaitility.await;

/// Waits for what events bring about.
final class Waiting {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private Waiting() {}

    static void until(Callable<Boolean> state) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(state);
    }

    /// The state holds for so long that what would break it had time to happen.
    static void holds(Callable<Boolean> state) {
        await().during(QUIET).atMost(QUIET.plusSeconds(5)).until(state);
    }
}
