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

    /// Of these to one webhook that answers; to one that does not it is one at a time, and all of those
    /// together leave a quarter of the room to the others.
    @WithDefault("4")
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

    /// For how long a webhook may answer no call well before it is disabled.
    @WithDefault("P5D")
    Duration disableAfter();

    /// Events that wait for one webhook; what comes then is dropped, and counted.
    @WithDefault("50000")
    int mostWaiting();

    /// How long the secret before the present one signs too, where whoever changes it does not say.
    @WithDefault("PT24H")
    Duration overlap();

    /// Webhooks of one merchant.
    @WithDefault("20")
    int most();
}
