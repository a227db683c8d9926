package io.regulars.campaign.journey;

import java.time.Instant;
import java.util.List;

import io.regulars.campaign.campaign.Happening;

/// What an enrolment waits for, as its row keeps it.
///
/// @param key see [Happening#key]
/// @param subjects see [Happening#subjects]
/// @param since from when on it counts, this instant left out; ISO 8601
record Awaited(String key, List<String> subjects, String since) {

    /// @param causedAt when what enrolled the customer happened
    /// @param reachedAt when they came to the wait
    static Awaited of(Happening happening, Instant causedAt, Instant reachedAt) {
        return new Awaited(
                happening.key(), happening.subjects(), (happening.sinceEnrolment() ? causedAt : reachedAt).toString());
    }
}
