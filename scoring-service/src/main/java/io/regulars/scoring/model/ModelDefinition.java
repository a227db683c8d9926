package io.regulars.scoring.model;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;

import io.regulars.kit.problem.Violation;
import io.regulars.scoring.churn.ChurnRules;
import io.regulars.scoring.classes.ClassRules;
import io.regulars.scoring.forecast.ForecastRules;
import io.regulars.scoring.group.GroupRules;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.LifecycleRules;
import io.regulars.scoring.tier.TierChecks;
import io.regulars.scoring.tier.TierRules;

/// All rules of a scoring model, as a merchant edits them.
///
/// @param recalibrateEvery how often cut-points and cycles are learned anew, besides when the shop has grown by a
///     fifth
/// @param bigPromotions whether orders of big promotions (大促) count for tiers, groups and classes; they always wake a
///     sleeping customer
public record ModelDefinition(
        TierRules tiering,
        GroupRules groups,
        LifecycleRules lifecycle,
        ForecastRules forecast,
        Period recalibrateEvery,
        ChurnRules churn,
        ClassRules classes,
        BigPromotions bigPromotions) {

    /// What orders of big promotions count for.
    public enum BigPromotions {
        counted,
        leftOut
    }

    /// A part that is left out is the shipped one.
    public ModelDefinition {
        tiering = tiering == null ? TierRules.shipped() : tiering;
        groups = groups == null ? GroupRules.shipped() : groups;
        lifecycle = lifecycle == null ? LifecycleRules.shipped() : lifecycle;
        forecast = forecast == null ? ForecastRules.shipped() : forecast;
        recalibrateEvery = recalibrateEvery == null ? Period.ofDays(1) : recalibrateEvery;
        churn = churn == null ? ChurnRules.shipped() : churn;
        classes = classes == null ? ClassRules.shipped() : classes;
        bigPromotions = bigPromotions == null ? BigPromotions.counted : bigPromotions;
    }

    public ModelDefinition(
            TierRules tiering,
            GroupRules groups,
            LifecycleRules lifecycle,
            ForecastRules forecast,
            Period recalibrateEvery,
            ChurnRules churn) {
        this(tiering, groups, lifecycle, forecast, recalibrateEvery, churn, null, null);
    }

    public static ModelDefinition shipped() {
        return new ModelDefinition(null, null, null, null, null, null);
    }

    /// The same rules with one window for everything, as a simulation may ask.
    public ModelDefinition within(Period window) {
        return new ModelDefinition(
                tiering.within(window),
                new GroupRules(groups.split(), window, groups.fixed(), groups.labels()),
                lifecycle,
                forecast,
                recalibrateEvery,
                churn,
                classes,
                bigPromotions);
    }

    /// What of a history counts.
    PurchaseHistory counted(PurchaseHistory history) {
        return bigPromotions == BigPromotions.leftOut ? history.withoutPromotions() : history;
    }

    /// Everything that is wrong; empty for a model that can be activated.
    public List<Violation> violations() {
        var violations = new ArrayList<Violation>();
        TierChecks.check(tiering, (field, message) -> violations.add(new Violation(field, message)));
        groups.check((field, message) -> violations.add(new Violation(field, message)));
        lifecycle.check((field, message) -> violations.add(new Violation(field, message)));
        forecast.check((field, message) -> violations.add(new Violation(field, message)));
        churn.check((field, message) -> violations.add(new Violation(field, message)));
        classes.check((field, message) -> violations.add(new Violation(field, message)));
        if (recalibrateEvery.isNegative() || recalibrateEvery.isZero()) {
            violations.add(new Violation("recalibrateEvery", "must be at least P1D"));
        }
        return violations;
    }
}
