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

    @Test
    void aWarningThatBeginsIsACause() {
        assertThat(warned(0, false)).extracting(Cause::occurrence).containsExactly("churn:3");
        assertThat(warned(3, false)).isEmpty();
        assertThat(warned(0, true)).isEmpty();
    }

    @Test
    void aClassThatIsEnteredIsACauseAndTheFirstIsNone() {
        assertThat(classed(new Standing.Entered("satisfied", 1), new Standing.Entered("dissatisfied", 2)))
                .extracting(Cause::occurrence)
                .containsExactly("class:satisfaction:dissatisfied:2");
        assertThat(classed(null, new Standing.Entered("dissatisfied", 1))).isEmpty();
        assertThat(classed(new Standing.Entered("dissatisfied", 2), new Standing.Entered("dissatisfied", 2)))
                .isEmpty();
    }

    private static List<Cause> warned(long before, boolean backfill) {
        var step = new Step("frequency", -1, null, -1, LATER, 3, "test", backfill);
        var churn = new ScoreChanged.Churn(List.of("frequency"), step);
        var score =
                new ScoreChanged(1, 1, 2, LATER, 1, 1, 50_00, null, null, null, null, List.of(), backfill, churn, null);
        return Triggers.newCauses(
                plan(new Trigger.ChurnWarning()), new Moved(told(before, null), told(3, null), score), Map.of());
    }

    private static List<Cause> classed(Standing.Entered before, Standing.Entered after) {
        var score = new ScoreChanged(1, 1, 2, LATER, 1, 1, 50_00, null, null, null, null, List.of(), false);
        var trigger = new Trigger.ClassEntered("satisfaction", List.of("dissatisfied"));
        return Triggers.newCauses(plan(trigger), new Moved(told(0, before), told(0, after), score), Map.of());
    }

    private static Standing told(long churn, Standing.Entered satisfaction) {
        return new Standing(
                null,
                -1,
                null,
                -1,
                0,
                null,
                0,
                null,
                0,
                List.of(),
                churn,
                satisfaction == null ? null : Map.of("satisfaction", satisfaction));
    }

    private static Plan plan(Trigger trigger) {
        var definition = new Definition("n", trigger, Condition.EVERYONE, List.of(), null, false);
        return new Plan(1, 1, 1, "n", "active", "salt", ACTIVATED, definition);
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
