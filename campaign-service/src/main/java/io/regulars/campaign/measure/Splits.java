package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.lift.Analysis;
import io.regulars.campaign.lift.Arm;
import io.regulars.campaign.lift.Experiment;
import io.regulars.campaign.lift.Pace;
import io.regulars.campaign.measure.CampaignReport.Split;
import org.jdbi.v3.core.Jdbi;

/// Compares the arms of the splits in a campaign's journey, by what their customers bought within the window after
/// they came to the split. Arms are drawn by customer, so a customer is counted once, however often they came there.
@ApplicationScoped
class Splits {

    private record Row(String experiment, Arm arm) {}

    private static final String ARMS = Scope.sql("""
            with people as (
              select r.experiment, r.customer_id, (array_agg(r.arm order by r.entered_at, r.enrolment_id))[1] as arm,
                min(r.entered_at) as first, max(r.entered_at) as last, array_agg(r.entered_at) as entries
              from enrolment_arm r
              join enrolment e
                on e.merchant_id = r.merchant_id and e.customer_id = r.customer_id and e.id = r.enrolment_id
              where r.merchant_id = :merchant and r.campaign_id = :campaign and {chosen}
              group by r.experiment, r.customer_id)
            select p.experiment, p.arm, count(*) as customers, count(*) filter (where s.orders > 0) as converted,
              coalesce(sum(s.sales), 0) as sales, coalesce(sum(s.sales * s.sales), 0) as squares
            from people p
            cross join lateral (
              select count(*) as orders, sum(o.kept) as sales from purchase_order o
              where o.merchant_id = :merchant and o.customer_id = p.customer_id and o.kept is not null
                and o.placed_at >= p.first and o.placed_at < p.last + {window}
                and exists (select from unnest(p.entries) as entry (at)
                  where o.placed_at >= entry.at and o.placed_at < entry.at + {window})) s
            group by p.experiment, p.arm
            """);

    private final Jdbi jdbi;

    Splits(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Those that somebody came to, and those of the campaign as it is now. The control is the arm that is named first.
    List<Split> of(Plan plan, Scope scope, Double effect, String currency) {
        Map<String, Map<String, Arm>> found = arms(scope).stream()
                .collect(Collectors.groupingBy(
                        Row::experiment,
                        TreeMap::new,
                        Collectors.toMap(row -> row.arm().name(), Row::arm, (one, other) -> one, TreeMap::new)));
        Map<String, Step.Split> defined = plan.definition().steps().stream()
                .filter(Step.Split.class::isInstance)
                .map(Step.Split.class::cast)
                .collect(Collectors.toMap(Step.Split::experiment, Function.identity()));
        defined.keySet().forEach(name -> found.putIfAbsent(name, Map.of()));
        return found.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(one ->
                        new Split(one.getKey(), analysis(one.getValue(), defined.get(one.getKey()), effect, currency)))
                .toList();
    }

    /// @param defined null where the campaign has no such split any more: then nobody knows what shares were intended
    private static Analysis analysis(Map<String, Arm> found, Step.Split defined, Double effect, String currency) {
        Map<String, Arm> arms = new LinkedHashMap<>();
        Map<String, BigDecimal> weights = new LinkedHashMap<>();
        if (defined != null) {
            defined.arms().forEach(arm -> {
                arms.put(arm.name(), found.getOrDefault(arm.name(), Arm.empty(arm.name())));
                weights.put(arm.name(), BigDecimal.valueOf(arm.weight()));
            });
        }
        found.forEach(arms::putIfAbsent);
        List<Arm> all = List.copyOf(arms.values());
        return Analysis.of(new Experiment(
                all,
                all.isEmpty() ? null : all.getFirst().name(),
                weights.keySet().containsAll(found.keySet()) ? weights : null,
                effect,
                Pace.unknown("asked of the whole campaign only"),
                currency));
    }

    private List<Row> arms(Scope scope) {
        return jdbi.withHandle(handle -> scope.bindWithWindow(handle.createQuery(ARMS))
                .map((row, context) -> new Row(
                        row.getString("experiment"),
                        new Arm(
                                row.getString("arm"),
                                row.getLong("customers"),
                                row.getLong("converted"),
                                row.getBigDecimal("sales").longValueExact(),
                                row.getBigDecimal("squares").toBigIntegerExact())))
                .list());
    }
}
