package io.regulars.faults.oracle;

import java.util.HashSet;
import java.util.List;

import io.regulars.faults.workload.Shop;

/// I13: each cause takes effect once: every enrolment names a cause that was, each last cause has its enrolment, and a
/// broadcast that is over has reached everybody once.
final class CausesOnce implements Invariant {

    private static final String ENROLMENTS = """
            select e.id, e.campaign_id, e.customer_id, e.occurrence,
              concat_ws(' ', c.definition -> 'trigger' ->> 'type', c.definition -> 'trigger' ->> 'direction') as trigger
            from enrolment e join campaign c on c.merchant_id = e.merchant_id and c.id = e.campaign_id
            where e.merchant_id = ?
            """;

    private static final String TRIGGERS = """
            select distinct
              concat_ws(' ', definition -> 'trigger' ->> 'type', definition -> 'trigger' ->> 'direction') as trigger
            from campaign where merchant_id = ? and state <> 'draft'
            """;

    private static final String STEPS = """
            select customer_id, dimension, seq, key, rank > previous_rank as up, previous is null as first, backfill,
              seq = max(seq) over (partition by customer_id, dimension) as last
            from score_step where merchant_id = ?
            """;

    private static final String BROADCAST = """
            select f.campaign_id, (select count(*) from audience a where a.merchant_id = f.merchant_id) as people,
              (select count(distinct customer_id) from enrolment e where e.merchant_id = f.merchant_id
                and e.campaign_id = f.campaign_id) as enrolled
            from fan_out f join campaign c on c.merchant_id = f.merchant_id and c.id = f.campaign_id
            where f.merchant_id = ? and f.finished_at is not null and c.definition -> 'trigger' ->> 'type' = 'broadcast'
            """;

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I13");
        for (var shop : evidence.shops()) {
            causes(finding, evidence, shop);
            for (var row : evidence.campaign().rows(BROADCAST, shop.merchantId())) {
                finding.unless(
                        row.number("people") == row.number("enrolled"),
                        "a broadcast has not reached everybody",
                        shop.name() + " " + row);
            }
        }
        return finding.violations();
    }

    private static void causes(Finding finding, Evidence evidence, Shop shop) {
        var tierTriggers = evidence.campaign().rows(TRIGGERS, shop.merchantId()).stream()
                .map(row -> row.text("trigger"))
                .filter(trigger -> trigger.startsWith("tier-changed"))
                .toList();
        var possible = new HashSet<String>();
        var lasting = new HashSet<String>();
        for (var step : evidence.scoring().rows(STEPS, shop.merchantId())) {
            var customer = step.text("customer_id");
            var live = Boolean.FALSE.equals(step.get("backfill"));
            var last = Boolean.TRUE.equals(step.get("last"));
            if (step.text("dimension").equals("tier") && Boolean.FALSE.equals(step.get("first"))) {
                for (var trigger : tierTriggers) {
                    if (trigger.endsWith("any") || trigger.endsWith("up") == Boolean.TRUE.equals(step.get("up"))) {
                        possible.add(trigger + " " + customer + " tier:" + step.number("seq"));
                        if (live && last) {
                            lasting.add(trigger + " " + customer + " tier:" + step.number("seq"));
                        }
                    }
                }
            }
            if (step.text("dimension").equals("stage") && step.text("key").equals("sleeping")) {
                possible.add("fell-asleep " + customer + " stage:sleeping:" + step.number("seq"));
                if (live && last) {
                    lasting.add("fell-asleep " + customer + " stage:sleeping:" + step.number("seq"));
                }
            }
        }
        evidence.customer()
                .rows(
                        "select o.customer_id, o.order_id, l.product_code from customer_order o join order_line l"
                                + " using (merchant_id, customer_id, order_id) where merchant_id = ?",
                        shop.merchantId())
                .forEach(row -> possible.add("repurchase-window-opened " + row.text("customer_id") + " repurchase:"
                        + row.text("product_code") + ":" + row.text("order_id")));
        var seen = new HashSet<String>();
        var enrolled = new HashSet<String>();
        for (var enrolment : evidence.campaign().rows(ENROLMENTS, shop.merchantId())) {
            var cause = enrolment.text("trigger") + " " + enrolment.text("customer_id") + " "
                    + enrolment.text("occurrence");
            finding.unless(
                    possible.contains(cause) || enrolment.text("trigger").equals("broadcast"),
                    "a customer was enrolled for nothing that happened",
                    shop.name() + " " + cause);
            var inCampaign = enrolment.text("campaign_id") + " " + cause;
            finding.unless(enrolled.add(inCampaign), "a cause enrolled twice", shop.name() + " " + inCampaign);
            seen.add(cause);
        }
        lasting.stream()
                .filter(cause -> !seen.contains(cause))
                .forEach(cause -> finding.violated("a cause enrolled nobody", shop.name() + " " + cause));
    }
}
