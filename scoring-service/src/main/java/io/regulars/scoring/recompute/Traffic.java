package io.regulars.scoring.recompute;

import java.time.Duration;
import java.util.function.LongSupplier;

import jakarta.enterprise.context.ApplicationScoped;

/// Whether events come in. They go first: a recompute takes what they leave.
@ApplicationScoped
public class Traffic {

    private static final Duration STILL = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    private volatile long lastAt;

    Traffic() {
        this(System::nanoTime);
    }

    Traffic(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAt = nanoTime.getAsLong() - STILL.toNanos();
    }

    /// Some have come.
    public void noted() {
        lastAt = nanoTime.getAsLong();
    }

    /// Whether some came within the last two seconds.
    boolean flows() {
        return nanoTime.getAsLong() - lastAt < STILL.toNanos();
    }
}
