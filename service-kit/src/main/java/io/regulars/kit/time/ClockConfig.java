package io.regulars.kit.time;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The clock of a service.
@ConfigMapping(prefix = "regulars.clock")
public interface ClockConfig {

    /// How far the clock is from the system's.
    @WithDefault("PT0S")
    Duration offset();

    /// Whether `PUT /clock` on the management port may shift it; for local runs only.
    @WithDefault("false")
    boolean adjustable();
}
