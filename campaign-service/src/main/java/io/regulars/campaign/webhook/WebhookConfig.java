package io.regulars.campaign.webhook;

import java.time.Duration;
import java.util.List;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How webhooks are called.
@ConfigMapping(prefix = "regulars.webhook")
interface WebhookConfig {

    /// Whether this machine itself may be called, and without TLS: for tests and local runs alone.
    @WithDefault("false")
    boolean allowLoopback();

    /// Calls under way at once in this process.
    @WithDefault("64")
    int concurrency();

    /// Of these to one webhook, so that one that hangs leaves room for the others.
    @WithDefault("2")
    int perWebhook();

    /// For all of one call: the connection, the request and the answer.
    @WithDefault("PT15S")
    Duration timeout();

    /// The pauses after the failures, as Standard Webhooks proposes them; after the last one the call is given
    /// up.
    @WithDefault("PT5S,PT5M,PT30M,PT2H,PT5H,PT10H,PT14H,PT20H,PT24H")
    List<Duration> pauses();

    /// How soon the work of other replicas, and of the clock, is seen.
    @WithDefault("PT0.5S")
    Duration poll();

    /// How long calls that are over are kept.
    @WithDefault("P30D")
    Duration kept();

    /// Webhooks of one merchant.
    @WithDefault("20")
    int most();
}
