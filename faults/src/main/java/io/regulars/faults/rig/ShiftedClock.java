package io.regulars.faults.rig;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The machine's clock and an offset, as the services have it.
final class ShiftedClock extends Clock {

    private final Clock machine = Clock.systemUTC();
    private volatile Duration offset = Duration.ZERO;

    Duration offset() {
        return offset;
    }

    synchronized void shift(Duration more) {
        offset = offset.plus(more);
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(machine.withZone(zone), offset);
    }
}
