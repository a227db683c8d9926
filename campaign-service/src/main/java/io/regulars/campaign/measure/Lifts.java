package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.campaign.lift.Analysis;
import io.regulars.campaign.lift.Arm;
import io.regulars.campaign.lift.Experiment;
import io.regulars.campaign.lift.Interval;
import io.regulars.campaign.lift.Lots;
import io.regulars.campaign.lift.Pace;
import io.regulars.campaign.measure.CampaignReport.Incremental;
import io.regulars.campaign.measure.CampaignReport.Lift;
import io.regulars.campaign.price.Prices;
import io.regulars.kit.money.Money;

/// Compares those whom a campaign let in with those whom it held out.
@ApplicationScoped
class Lifts {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Plans plans;
    private final Guardrails guardrails;
    private final Clock clock;

    Lifts(Plans plans, Guardrails guardrails, Clock clock) {
        this.plans = plans;
        this.guardrails = guardrails;
        this.clock = clock;
    }

    /// @param costs of the campaign, with whatever sales
    Lift of(
            Plan plan,
            Shop shop,
            Scope scope,
            List<Outcomes.Drawn> draws,
            Economics costs,
            Prices prices,
            Double effect) {
        Instant first = draws.stream()
                .map(Outcomes.Drawn::first)
                .min(Comparator.naturalOrder())
                .orElse(null);
        var analysis = Analysis.of(new Experiment(
                arms(draws.stream().map(Outcomes.Drawn::arm).toList()),
                Outcomes.HELD_OUT,
                lots(plan, draws),
                effect,
                Paces.of(plan, scope, first, clock.instant()),
                shop.currency()));
        return new Lift(
                analysis,
                draws.stream().mapToLong(Outcomes.Drawn::open).sum(),
                incremental(analysis, shop.currency(), costs, prices));
    }

    /// The same of one tier, without what is asked of the whole only.
    Analysis ofTier(List<Arm> ofTier, Shop shop) {
        return Analysis.of(new Experiment(
                arms(ofTier),
                Outcomes.HELD_OUT,
                Lots.unknown("asked of the whole only"),
                null,
                Pace.unknown("asked of the whole only"),
                shop.currency()));
    }

    /// Both, those who were let in first.
    private static List<Arm> arms(List<Arm> found) {
        Map<String, Arm> arms = found.stream().collect(Collectors.toMap(Arm::name, arm -> arm, Arm::plus));
        return List.of(
                arms.getOrDefault(Outcomes.SENT, Arm.empty(Outcomes.SENT)),
                arms.getOrDefault(Outcomes.HELD_OUT, Arm.empty(Outcomes.HELD_OUT)));
    }

    /// Each customer by the holdout that they were subject to. Who was subject to none drew no lot.
    private Lots lots(Plan plan, List<Outcomes.Drawn> draws) {
        Map<Plan.Key, Plan> revisions = plans.load(draws.stream()
                .filter(row -> row.holdoutPercent() == null)
                .map(row -> plan.key().of(row.revision()))
                .toList());
        Settings settings = guardrails.of(plan.merchantId());
        Map<BigDecimal, Map<String, Long>> byPercent = new TreeMap<>();
        for (Outcomes.Drawn row : draws) {
            BigDecimal percent = row.holdoutPercent() == null
                    ? revisions.get(plan.key().of(row.revision())).holdout(settings)
                    : row.holdoutPercent();
            if (percent.signum() > 0) {
                byPercent
                        .computeIfAbsent(percent, any -> new HashMap<>())
                        .merge(
                                row.drawn() ? Outcomes.HELD_OUT : Outcomes.SENT,
                                row.arm().customers(),
                                Long::sum);
            }
        }
        return byPercent.isEmpty()
                ? Lots.unknown(draws.isEmpty() ? "there are no customers" : "nobody was subject to a holdout")
                : Lots.of(byPercent.entrySet().stream()
                        .map(one -> new Lots.Draw(
                                Map.of(Outcomes.HELD_OUT, one.getKey(), Outcomes.SENT, HUNDRED.subtract(one.getKey())),
                                one.getValue()))
                        .toList());
    }

    private static Incremental incremental(Analysis analysis, String currency, Economics costs, Prices prices) {
        if (analysis.comparisons().isEmpty()) {
            return null;
        }
        var comparison = analysis.comparisons().getFirst();
        if (comparison.conversion().difference() == null) {
            return null;
        }
        double customers = analysis.arms().getFirst().customers();
        Interval converted = comparison.conversion().interval();
        Interval sales = comparison.sales().interval();
        Money more = money(comparison.sales().difference() * customers, currency);
        return new Incremental(
                comparison.conversion().difference() * customers,
                converted == null ? null : converted.times(customers),
                more,
                sales == null ? null : money(sales.low() * customers, currency),
                sales == null ? null : money(sales.high() * customers, currency),
                costs.withSales(more.toMinor(), prices));
    }

    private static Money money(double amount, String currency) {
        return new Money(BigDecimal.valueOf(amount).setScale(Money.digits(currency), RoundingMode.HALF_UP), currency);
    }
}
