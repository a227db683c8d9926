package io.regulars.campaign.trigger;

import java.util.stream.Stream;

import io.regulars.campaign.audience.Scores.Moved;
import io.regulars.campaign.webhook.EventType;
import io.regulars.campaign.webhook.News;
import io.regulars.events.ScoreChanged.Step;

/// What endpoints are told of a score: a tier or a stage that changed, each step once. Loaded history and
/// recomputes are told to nobody, nor the first one that a customer ever has.
final class StandingNews {

    private StandingNews() {}

    static Stream<News> of(Moved moved) {
        return Stream.concat(
                changed(
                        moved,
                        EventType.TIER_CHANGED,
                        moved.score().tier(),
                        moved.before().tierSeq()),
                changed(
                        moved,
                        EventType.STAGE_CHANGED,
                        moved.score().stage(),
                        moved.before().stageSeq()));
    }

    private static Stream<News> changed(Moved moved, EventType type, Step step, long before) {
        if (step == null || step.backfill() || step.previous() == null || step.seq() <= before) {
            return Stream.empty();
        }
        String what = type == EventType.TIER_CHANGED ? "tier_" : "stage_";
        return Stream.of(News.of(
                type,
                moved.score().merchantId(),
                moved.score().customerId(),
                what + moved.score().customerId() + "_" + step.seq(),
                moved.score().scoredAt(),
                "from",
                step.previous(),
                "to",
                step.key()));
    }
}
