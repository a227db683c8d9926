package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Trigger;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.lift.Analysis;
import io.regulars.campaign.lift.Arm;
import io.regulars.campaign.lift.Experiment;
import io.regulars.campaign.lift.Interval;
import io.regulars.campaign.lift.Pace;
import io.regulars.campaign.measure.CampaignReport.Incremental;
import io.regulars.campaign.measure.CampaignReport.Lift;
import io.regulars.kit.money.Money;

/// Compares those whom a campaign let in with those whom it held out.
@ApplicationScoped
class Lifts {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Duration DAY = Duration.ofDays(1);

    private final Plans plans;
    private final Guardrails guardrails;
    private final Clock clock;

    Lifts(Plans plans, Guardrails guardrails, Clock clock) {
        this.plans = plans;
        this.guardrails = guardrails;
        this.clock = clock;
    }

    /// @param costs of the campaign, with whatever sales
    Lift of(Plan plan, Shop shop, List<Outcomes.Row> outcomes, Economics costs, Prices prices, Double effect) {
        List<Outcomes.Row> whole =
                outcomes.stream().filter(row -> row.revision() != null).toList();
        var analysis = Analysis.of(new Experiment(
                arms(whole), Outcomes.HELD_OUT, shares(plan, whole), effect, pace(plan, whole), shop.currency()));
        return new Lift(
                analysis,
                whole.stream().mapToLong(Outcomes.Row::open).sum(),
                incremental(analysis, shop.currency(), costs, prices));
    }

    /// The same of one tier, without what is asked of the whole only.
    Analysis ofTier(List<Outcomes.Row> ofTier, Shop shop) {
        return Analysis.of(new Experiment(
                arms(ofTier), Outcomes.HELD_OUT, null, null, Pace.unknown("asked of the whole only"), shop.currency()));
    }

    /// Both, those who were let in first.
    private static List<Arm> arms(List<Outcomes.Row> rows) {
        Map<String, Arm> arms =
                rows.stream().map(Outcomes.Row::arm).collect(Collectors.toMap(Arm::name, arm -> arm, Arm::plus));
        return List.of(
                arms.getOrDefault(Outcomes.SENT, Arm.empty(Outcomes.SENT)),
                arms.getOrDefault(Outcomes.HELD_OUT, Arm.empty(Outcomes.HELD_OUT)));
    }

    /// Each customer by the holdout of the revision that enrolled them; one that names none goes by the merchant's
    /// present one. Null where nobody was enrolled.
    private Map<String, BigDecimal> shares(Plan plan, List<Outcomes.Row> rows) {
        Map<Plan.Key, Plan> revisions = plans.load(rows.stream()
                .map(row -> new Plan.Key(plan.merchantId(), plan.campaignId(), row.revision()))
                .toList());
        BigDecimal general = guardrails.of(plan.merchantId()).holdoutPercent();
        BigDecimal held = BigDecimal.ZERO;
        BigDecimal sent = BigDecimal.ZERO;
        for (Outcomes.Row row : rows) {
            BigDecimal own = revisions
                    .get(new Plan.Key(plan.merchantId(), plan.campaignId(), row.revision()))
                    .definition()
                    .holdoutPercent();
            BigDecimal percent = own == null ? general : own;
            BigDecimal customers = BigDecimal.valueOf(row.arm().customers());
            held = held.add(percent.multiply(customers));
            sent = sent.add(HUNDRED.subtract(percent).multiply(customers));
        }
        return held.add(sent).signum() == 0 ? null : Map.of(Outcomes.HELD_OUT, held, Outcomes.SENT, sent);
    }

    private Pace pace(Plan plan, List<Outcomes.Row> rows) {
        if (plan.finished()) {
            return Pace.unknown("the campaign is finished and enrols nobody more");
        }
        if (plan.definition().trigger() instanceof Trigger.Broadcast) {
            return Pace.unknown("a broadcast enrols once");
        }
        Instant first = rows.stream()
                .map(Outcomes.Row::first)
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (first == null) {
            return Pace.unknown("nobody was enrolled");
        }
        Duration since = Duration.between(first, clock.instant());
        double days = since.compareTo(DAY) < 0 ? 1 : (double) since.toSeconds() / DAY.toSeconds();
        return Pace.of(rows.stream().mapToLong(row -> row.arm().customers()).sum() / days);
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
