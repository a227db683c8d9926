package io.regulars.local.demo;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Waits for a count to come up to what it must be, and says how far it is.
final class Patience {

    private static final Duration LOOK_EVERY = Duration.ofMillis(700);

    private final Consumer<String> progress;

    Patience(Consumer<String> progress) {
        this.progress = progress;
    }

    /// Whether the count reached `wanted` while it went on growing, or stood still for no longer than `stillFor`.
    boolean reaches(String what, long wanted, Duration stillFor, LongSupplier count) throws InterruptedException {
        var last = -1L;
        var lastGrowth = System.nanoTime();
        while (System.nanoTime() - lastGrowth < stillFor.toNanos()) {
            var now = count.getAsLong();
            if (now >= wanted) {
                return true;
            }
            if (now > last) {
                progress.accept("%s: %,d of %,d".formatted(what, Math.max(now, 0), wanted));
                last = now;
                lastGrowth = System.nanoTime();
            }
            Thread.sleep(LOOK_EVERY);
        }
        return false;
    }
}
