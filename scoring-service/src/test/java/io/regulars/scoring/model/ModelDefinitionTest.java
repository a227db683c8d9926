package io.regulars.scoring.model;

import java.time.Period;
import java.util.List;

import io.regulars.kit.problem.Violation;
import io.regulars.scoring.Words;
import io.regulars.scoring.churn.ChurnRules;
import io.regulars.scoring.lifecycle.LifecycleRules;
import io.regulars.scoring.tier.TierRules;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ModelDefinitionTest {

    @Test
    void theShippedModelIsValid() {
        assertThat(ModelDefinition.shipped().violations()).isEmpty();
    }

    @Test
    void faultsOfLifecycleAndChurnNameTheirFields() {
        var lifecycle = new LifecycleRules(
                Period.ofMonths(3), 30, 1, 3, LifecycleRules.CycleBasis.customers, null, Period.ZERO, 1.0);

        var violations = new ModelDefinition(null, null, lifecycle, null, null, new ChurnRules(0, -1, 0, 1, -0.1, 1))
                .violations();

        assertThat(violations)
                .extracting(Violation::field)
                .containsExactly(
                        "lifecycle.wonBackFor",
                        "lifecycle.longLostAfter",
                        "churn.days",
                        "churn.cycles",
                        "churn.leastOrders",
                        "churn.frequencyShare",
                        "churn.amountShare",
                        "churn.aliveBelow");
    }

    @Test
    void rulesOfALifecycleThatWereWrittenEarlierAreFilledUp() {
        var written =
                new LifecycleRules(Period.ofDays(40), 30, 1, 3, LifecycleRules.CycleBasis.customers, null, null, null);

        assertThat(written.wonBackFor()).isEqualTo(Period.ofDays(40));
        assertThat(written.longLostAfter()).isEqualTo(3);
    }

    @Test
    void eachFaultNamesItsField() {
        var shipped = TierRules.shipped();
        var ladder = List.of(
                new TierRules.Tier("new", Words.of("新客户", "New"), 5, null),
                new TierRules.Tier("VIP", Words.of("VIP", " "), 5, null),
                new TierRules.Tier("new", Words.of("新", "New"), 500, null));
        var wrong = new TierRules(
                Period.ZERO, shipped.recency(), shipped.frequency(), shipped.monetary(), ladder, Period.ofDays(-1));

        var violations = new ModelDefinition(wrong, null, null, null, null, null).violations();

        assertThat(violations)
                .containsExactly(
                        new Violation("tiering.window", "must be longer than nothing"),
                        new Violation("tiering.grace", "must not be negative"),
                        new Violation("tiering.ladder[0].from", "must be 0: every customer has a tier"),
                        new Violation(
                                "tiering.ladder[1].key", "must be 1 to 40 of a-z, 0-9 and -, beginning with a letter"),
                        new Violation("tiering.ladder[1].labels", "zh and en are required"),
                        new Violation("tiering.ladder[1].from", "must be more than that of the tier before it, 5"),
                        new Violation("tiering.ladder[2].key", "is used twice: new"),
                        new Violation("tiering.ladder[2].from", "can never be reached: the points add up to 100"));
    }
}
