package io.regulars.faults.rig;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits: for a state, or because a fault lasts.
public final class Pause {

    private static final long LOOK_EVERY_MILLIS = 50;

    private Pause() {}

    public static void of(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// @return whether it came in time
    public static boolean until(Duration patience, BooleanSupplier state) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            of(Duration.ofMillis(LOOK_EVERY_MILLIS));
        }
        return true;
    }
}
