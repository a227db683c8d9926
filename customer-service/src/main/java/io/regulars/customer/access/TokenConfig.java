package io.regulars.customer.access;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The tokens that this service gives.
@ConfigMapping(prefix = "regulars.token")
interface TokenConfig {

    /// How long a token is good for. What was taken from its bearer meanwhile is taken only then.
    @WithDefault("PT15M")
    Duration lifetime();
}
