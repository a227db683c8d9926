package io.regulars.campaign.journey;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How enrolments are worked on.
@ConfigMapping(prefix = "regulars.journey")
interface JourneyConfig {

    /// Enrolments of one transaction.
    @WithDefault("500")
    int batch();

    /// How soon the work of other replicas, and of the clock, is seen.
    @WithDefault("PT0.25S")
    Duration poll();

    /// How long an enrolment waits for a profile that comes after its score.
    @WithDefault("PT10M")
    Duration profileWait();

    @WithDefault("PT2S")
    Duration profilePoll();
}
