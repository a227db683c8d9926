package io.regulars.faults.oracle;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// I3: each customer's scorecard is the one that its orders make today.
final class ScorecardsFromScratch implements Invariant {

    private static final String BOUGHT = """
            with bought as (
              select o.customer_id, o.order_id,
                (o.ordered_at at time zone m.time_zone)::date - date '1970-01-01' as day, sum(l.kept_amount) as amount
              from customer_order o
              join merchant m using (merchant_id)
              join order_line l using (merchant_id, customer_id, order_id)
              where o.merchant_id = ? and o.status in ('PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PART_REFUNDED')
              group by 1, 2, 3
              having sum(l.kept_quantity) > 0)
            select customer_id, day, count(*) as orders, sum(amount) as amount from bought group by 1, 2
            """;

    private static final String LEARNED = """
            select recency_days, frequency, monetary, customers_cycle_days from calibration
            join shop using (merchant_id, calibration_no) where merchant_id = ?
            """;

    private static final String SCORES = """
            select customer_id, tier, tier_rank, frequency, monetary, last_order_day, rfm_group, stage, classes, churn
            from score where merchant_id = ?
            """;

    private static final String SAID = "%s(%d) %d orders %d last %s group %s stage %s classes %s warning %s";

    /// The classes that rest on orders alone.
    private static final Set<String> BOUGHT_CLASSES = Set.of("frequency", "amount", "orderValue");

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I3");
        evidence.shops().forEach(shop -> check(finding, evidence, shop));
        return finding.violations();
    }

    private static void check(Finding finding, Evidence evidence, Shop shop) {
        var purchases = purchases(evidence.customer(), shop.merchantId());
        var zone = ZoneId.of(evidence.customer()
                .rows("select time_zone from merchant where merchant_id = ?", shop.merchantId())
                .getFirst()
                .text("time_zone"));
        var today = (int) LocalDate.ofInstant(evidence.clock().instant(), zone).toEpochDay();
        var learned = evidence.scoring().rows(LEARNED, shop.merchantId());
        var cutPoints = learned.isEmpty() || learned.getFirst().get("recency_days") == null
                ? null
                : new double[] {
                    real(learned.getFirst(), "recency_days"),
                    real(learned.getFirst(), "frequency"),
                    real(learned.getFirst(), "monetary")
                };
        var cycle = learned.isEmpty() || learned.getFirst().get("customers_cycle_days") == null
                ? 0
                : real(learned.getFirst(), "customers_cycle_days");
        var scored = new HashMap<Long, Sql.Row>();
        evidence.scoring().rows(SCORES, shop.merchantId()).forEach(row -> scored.put(row.number("customer_id"), row));
        evidence.customer()
                .rows("select customer_id from customer where merchant_id = ?", shop.merchantId())
                .forEach(row -> {
                    var customer = row.number("customer_id");
                    var scratch =
                            new Scratch(purchases.getOrDefault(customer, new TreeMap<>()), today, cutPoints, cycle);
                    compare(finding, shop, customer, scratch, scored.get(customer));
                });
    }

    private static void compare(Finding finding, Shop shop, long customer, Scratch scratch, Sql.Row score) {
        if (score == null) {
            finding.violated("a customer has no scorecard", shop.name() + " customer " + customer);
            return;
        }
        var wanted = SAID.formatted(
                scratch.tier(),
                scratch.rank(),
                scratch.frequency(),
                scratch.monetary(),
                scratch.lastOrderDay(),
                scratch.group(),
                scratch.stage(),
                scratch.classes(),
                scratch.warning());
        var found = SAID.formatted(
                score.text("tier"),
                score.number("tier_rank"),
                score.number("frequency"),
                score.number("monetary"),
                score.text("last_order_day"),
                score.text("rfm_group"),
                score.text("stage"),
                classes(score),
                warning(score));
        finding.unless(
                wanted.equals(found),
                "a scorecard is not what the orders make",
                shop.name() + " customer " + customer + ": " + found + ", from scratch " + wanted);
    }

    private static Map<String, String> classes(Sql.Row score) {
        var classes = new TreeMap<String, String>();
        for (var one : score.text("classes").split(" ")) {
            var at = one.indexOf('=');
            if (at > 0 && BOUGHT_CLASSES.contains(one.substring(0, at))) {
                classes.put(one.substring(0, at), one.substring(at + 1));
            }
        }
        return classes;
    }

    private static Set<String> warning(Sql.Row score) {
        var signs = new TreeSet<String>();
        if (score.get("churn") != null) {
            signs.addAll(List.of(score.text("churn").split("\\+")));
            signs.remove("alive");
        }
        return signs;
    }

    private static Map<Long, TreeMap<Integer, Scratch.Purchases>> purchases(Sql customer, int merchant) {
        var purchases = new HashMap<Long, TreeMap<Integer, Scratch.Purchases>>();
        customer.rows(BOUGHT, merchant)
                .forEach(row -> purchases
                        .computeIfAbsent(row.number("customer_id"), key -> new TreeMap<>())
                        .put(
                                (int) row.number("day"),
                                new Scratch.Purchases(row.number("orders"), row.number("amount"))));
        return purchases;
    }

    private static double real(Sql.Row row, String column) {
        return ((Number) row.get(column)).doubleValue();
    }
}
