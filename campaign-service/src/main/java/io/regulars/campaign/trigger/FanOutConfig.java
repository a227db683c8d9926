package io.regulars.campaign.trigger;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How broadcasts spread.
@ConfigMapping(prefix = "regulars.fan-out")
interface FanOutConfig {

    /// Customers of one transaction; a pause takes effect between two of them.
    @WithDefault("500")
    int chunk();

    @WithDefault("PT0.5S")
    Duration poll();
}
