package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Scores.Moved;
import io.regulars.campaign.audience.Standing;
import io.regulars.campaign.campaign.Definition;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.events.ScoreChanged;
import io.regulars.events.ScoreChanged.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TriggersTest {

    private static final Instant ACTIVATED = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = ACTIVATED.plus(Duration.ofHours(1));
    private static final Standing ORDINARY = standing("ordinary", 1, null, -1, 1);
    private static final Standing VIP = standing("vip", 3, "ordinary", 1, 2);

    @Test
    void aTierThatRoseIsACause() {
        assertThat(causes(ORDINARY, LATER, false)).extracting(Cause::occurrence).containsExactly("tier:2");
    }

    @Test
    void whatHeldBeforeIsNoCause() {
        assertThat(causes(VIP, LATER, false)).isEmpty();
    }

    @Test
    void loadedHistoryIsNoCause() {
        assertThat(causes(ORDINARY, LATER, true)).isEmpty();
    }

    @Test
    void aScoreFromBeforeTheCampaignIsNoCause() {
        assertThat(causes(ORDINARY, ACTIVATED.minusMillis(1), false)).isEmpty();
    }

    /// Of a VIP's score.
    private static List<Cause> causes(Standing before, Instant scoredAt, boolean backfill) {
        var definition = new Definition(
                "n", new Trigger.TierChanged("up", List.of()), Condition.EVERYONE, List.of(), null, false);
        var plan = new Plan(1, 1, 1, "n", "active", "salt", ACTIVATED, definition);
        var tier = new Step("vip", 3, "ordinary", 1, scoredAt, 2, "test", backfill);
        var score = new ScoreChanged(1, 1, 2, scoredAt, 1, 1, 50_00, null, tier, null, null, List.of(), backfill);
        return Triggers.newCauses(plan, new Moved(before, VIP, score), Map.of());
    }

    private static Standing standing(String tier, int rank, String previous, int previousRank, long seq) {
        return new Standing(tier, rank, previous, previousRank, seq, null, 0, "growing", 1, List.of());
    }
}
