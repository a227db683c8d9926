package io.regulars.campaign.channel;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The gateway that takes our SMS.
@ConfigMapping(prefix = "regulars.sms")
public interface SmsConfig {

    Optional<URI> url();

    /// Signs each request.
    Optional<String> secret();

    /// Whether the gateway delivers one idempotency key once: what is uncertain is then sent again.
    @WithDefault("true")
    boolean idempotent();

    @WithDefault("PT5S")
    Duration connectTimeout();

    @WithDefault("PT15S")
    Duration timeout();
}
