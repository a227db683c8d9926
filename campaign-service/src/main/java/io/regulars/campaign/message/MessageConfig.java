package io.regulars.campaign.message;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How messages are claimed and sent.
@ConfigMapping(prefix = "regulars.message")
interface MessageConfig {

    /// Connections to the mail relay at once. After a crash at most twice as many messages are uncertain: those on the
    /// wire, and those with a result that is not written yet.
    @WithDefault("32")
    int emailConcurrency();

    @WithDefault("32")
    int smsConcurrency();

    /// Messages for each connection that are claimed and filled and wait for it. After a crash they are planned again.
    @WithDefault("4")
    int ahead();

    /// In-site messages laid in by one transaction.
    @WithDefault("200")
    int inboxBatch();

    /// How long a worker may keep a message by the database's clock; longer than any answer of a provider can take.
    @WithDefault("PT3M")
    Duration lease();

    /// How soon the work of other replicas, and of the clock, is seen.
    @WithDefault("PT0.25S")
    Duration poll();

    /// The pause after the first failure; each further one is four times as long, up to the longest.
    @WithDefault("PT5S")
    Duration firstRetry();

    @WithDefault("PT1H")
    Duration longestRetry();

    /// With the pauses above: about five hours of trying.
    @WithDefault("10")
    int attempts();
}
