package io.regulars.scoring;

import java.time.Duration;
import java.util.Arrays;

import io.quarkus.scheduler.Scheduler;

import static org.awaitility.Awaitility.await;

/// Scheduled work that stands still for a test, the run that is under way included: a paused schedule alone lets
/// that one go on.
public final class Halt {

    private Halt() {}

    /// Returns when nothing of it runs; `scheduler.resume` lets it go on.
    ///
    /// @param runner the simple name of the class whose method is scheduled
    public static void of(Scheduler scheduler, String identity, String runner) {
        scheduler.pause(identity);
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                // one that was handed to a thread just before shows in its stack soon
                .during(Duration.ofMillis(100))
                .until(() -> !runs(runner));
    }

    private static boolean runs(String runner) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().endsWith("." + runner));
    }
}
