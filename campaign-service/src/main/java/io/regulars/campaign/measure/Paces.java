package io.regulars.campaign.measure;

import java.time.Duration;
import java.time.Instant;

import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.lift.Pace;

/// Within how many days the customers of a report came: since the first of them. Where nobody more can come
/// into it, that tells nothing of the days to come.
final class Paces {

    private static final Duration DAY = Duration.ofDays(1);

    private Paces() {}

    /// @param first when the first customer came, or null where none did
    static Pace of(Plan plan, Scope scope, Instant first, Instant now) {
        if (plan.finished()) {
            return Pace.unknown("the campaign is finished and enrols nobody more");
        }
        if (plan.paused()) {
            return Pace.unknown("the campaign is paused and enrols nobody meanwhile");
        }
        if (!scope.to().isAfter(now)) {
            return Pace.unknown("the period is over and nobody more comes into it");
        }
        if (plan.definition().trigger() instanceof Trigger.Broadcast) {
            return Pace.unknown("a broadcast enrols once");
        }
        if (first == null) {
            return Pace.unknown("nobody was enrolled");
        }
        Duration since = Duration.between(first, now);
        return Pace.over(since.compareTo(DAY) < 0 ? 1 : (double) since.toSeconds() / DAY.toSeconds());
    }
}
