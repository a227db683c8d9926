package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.lift.Analysis;
import io.regulars.campaign.lift.Arm;
import io.regulars.campaign.lift.Experiment;
import io.regulars.campaign.lift.Lots;
import io.regulars.campaign.measure.CampaignReport.Split;
import org.jdbi.v3.core.Jdbi;

/// Compares the arms of the splits in a campaign's journey, by what their customers bought within the window
/// after they came to the split. Arms are drawn by customer, so a customer is counted once, however often they
/// came there.
@ApplicationScoped
class Splits {

    /// @param revision that drew them
    /// @param first when the first of them came to the split
    private record Row(String experiment, int revision, Arm arm, Instant first) {}

    private static final String ARMS = Scope.sql("""
            with entries as (
              select r.experiment, r.customer_id, r.arm, r.entered_at, e.revision,
                row_number() over w as place, lead(r.entered_at) over w as next_at
              from enrolment_arm r
              join enrolment e
                on e.merchant_id = r.merchant_id and e.customer_id = r.customer_id and e.id = r.enrolment_id
              where r.merchant_id = :merchant and r.campaign_id = :campaign and e.campaign_id = :campaign and {chosen}
              window w as (partition by r.experiment, r.customer_id order by r.entered_at, r.enrolment_id)
            ), people as (
              select t.experiment, t.customer_id, min(t.revision) filter (where t.place = 1) as revision,
                min(t.arm) filter (where t.place = 1) as arm, min(t.entered_at) as first, count(o.order_id) as orders,
                sum(o.kept) as sales
              from entries t
              left join {orders} and o.customer_id = t.customer_id
                and o.placed_at >= t.entered_at and o.placed_at < t.entered_at + {window}
                and (t.next_at is null or o.placed_at < t.next_at)
              group by t.experiment, t.customer_id)
            select experiment, revision, arm, count(*) as customers, count(*) filter (where orders > 0) as converted,
              coalesce(sum(sales), 0) as sales, coalesce(sum(sales * sales), 0) as squares, min(first) as first
            from people
            group by experiment, revision, arm
            """);

    private final Jdbi jdbi;
    private final Plans plans;
    private final Clock clock;

    Splits(Jdbi jdbi, Plans plans, Clock clock) {
        this.jdbi = jdbi;
        this.plans = plans;
        this.clock = clock;
    }

    /// Those that somebody came to, and those of the campaign as it is now. The control is the arm that is
    /// named first.
    List<Split> of(Plan plan, Scope scope, Double effect, String currency) {
        Map<String, List<Row>> found =
                arms(scope).stream().collect(Collectors.groupingBy(Row::experiment, TreeMap::new, Collectors.toList()));
        splits(plan).keySet().forEach(name -> found.putIfAbsent(name, List.of()));
        Map<Plan.Key, Plan> revisions = plans.load(found.values().stream()
                .flatMap(List::stream)
                .map(row -> plan.key().of(row.revision()))
                .toList());
        return found.entrySet().stream()
                .map(one -> {
                    Instant first = one.getValue().stream()
                            .map(Row::first)
                            .min(Comparator.naturalOrder())
                            .orElse(null);
                    List<Arm> arms = arms(one.getValue(), splits(plan).get(one.getKey()));
                    return new Split(
                            one.getKey(),
                            Analysis.of(new Experiment(
                                    arms,
                                    arms.isEmpty() ? null : arms.getFirst().name(),
                                    lots(one.getKey(), one.getValue(), plan, revisions),
                                    effect,
                                    Paces.of(plan, scope, first, clock.instant()),
                                    currency)));
                })
                .toList();
    }

    /// @param defined null where the campaign has no such split any more
    private static List<Arm> arms(List<Row> found, Step.Split defined) {
        Map<String, Arm> arms = new LinkedHashMap<>();
        if (defined != null) {
            defined.arms().forEach(arm -> arms.put(arm.name(), Arm.empty(arm.name())));
        }
        found.stream()
                .sorted(Comparator.comparing(row -> row.arm().name()))
                .forEach(row -> arms.merge(row.arm().name(), row.arm(), Arm::plus));
        return List.copyOf(arms.values());
    }

    /// Each customer by the weights of the revision that drew them.
    private static Lots lots(String experiment, List<Row> found, Plan plan, Map<Plan.Key, Plan> revisions) {
        Map<Integer, Map<String, Long>> byRevision = new TreeMap<>();
        found.forEach(row -> byRevision
                .computeIfAbsent(row.revision(), any -> new HashMap<>())
                .merge(row.arm().name(), row.arm().customers(), Long::sum));
        if (byRevision.isEmpty()) {
            byRevision.put(plan.revision(), Map.of());
        }
        List<Lots.Draw> draws = byRevision.entrySet().stream()
                .map(one -> draw(
                        splits(revisions.getOrDefault(plan.key().of(one.getKey()), plan))
                                .get(experiment),
                        one.getValue()))
                .flatMap(Optional::stream)
                .toList();
        return draws.isEmpty() ? Lots.unknown("no revision that enrolled has such a split") : Lots.of(draws);
    }

    /// @param drawnBy null where the revision has no such split: nobody's lot is known
    private static Optional<Lots.Draw> draw(Step.Split drawnBy, Map<String, Long> customers) {
        return Optional.ofNullable(drawnBy)
                .map(split -> new Lots.Draw(
                        split.arms().stream()
                                .collect(Collectors.toMap(
                                        Step.Split.Arm::name, arm -> BigDecimal.valueOf(arm.weight()))),
                        customers));
    }

    private static Map<String, Step.Split> splits(Plan plan) {
        return plan.definition().steps().stream()
                .filter(Step.Split.class::isInstance)
                .map(Step.Split.class::cast)
                .collect(Collectors.toMap(Step.Split::experiment, Function.identity()));
    }

    private List<Row> arms(Scope scope) {
        return jdbi.withHandle(handle -> scope.bindWithWindow(handle.createQuery(ARMS))
                .map((row, context) -> new Row(
                        row.getString("experiment"),
                        row.getInt("revision"),
                        new Arm(
                                row.getString("arm"),
                                row.getLong("customers"),
                                row.getLong("converted"),
                                row.getBigDecimal("sales").longValueExact(),
                                row.getBigDecimal("squares").toBigIntegerExact()),
                        row.getTimestamp("first").toInstant()))
                .list());
    }
}
