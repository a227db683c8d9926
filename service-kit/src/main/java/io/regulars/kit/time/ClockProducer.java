package io.regulars.kit.time;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;

class ClockProducer {

    @Produces
    @Singleton
    @Unremovable
    @Typed({ShiftableClock.class, Clock.class})
    ShiftableClock clock(ClockConfig config) {
        return new ShiftableClock(config.offset());
    }
}
