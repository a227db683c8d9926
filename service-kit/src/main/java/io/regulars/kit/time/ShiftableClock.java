package io.regulars.kit.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// The system's clock, shifted: by nothing in production, by any duration in a test or a local run.
public final class ShiftableClock extends Clock {

    private final AtomicReference<Duration> offset;

    public ShiftableClock(Duration offset) {
        this.offset = new AtomicReference<>(offset);
    }

    public Duration offset() {
        return offset.get();
    }

    public void setOffset(Duration newOffset) {
        offset.set(newOffset);
    }

    public void shift(Duration by) {
        offset.updateAndGet(by::plus);
    }

    /// From now on the clock shows `instant` and runs on from there.
    public void shiftTo(Instant instant) {
        offset.set(Duration.between(Clock.systemUTC().instant(), instant));
    }

    public void reset() {
        offset.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /// The same instants; no code of ours asks a clock for a zone.
    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.system(zone);
    }
}
