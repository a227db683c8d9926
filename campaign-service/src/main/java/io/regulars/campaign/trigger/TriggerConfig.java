package io.regulars.campaign.trigger;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How what begins campaigns is looked for, and how long it is kept.
@ConfigMapping(prefix = "regulars.trigger")
interface TriggerConfig {

    /// How soon a day that begins is seen.
    @WithDefault("PT1S")
    Duration poll();

    /// How long carts and events of the shop's own are kept: longer than any journey waits before it looks at them.
    @WithDefault("P180D")
    Duration keep();

    /// How far back campaigns can be tried on the past.
    @WithDefault("P90D")
    Duration keepPast();

    @WithDefault("PT10M")
    Duration sweep();
}
