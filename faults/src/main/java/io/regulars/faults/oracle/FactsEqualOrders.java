package io.regulars.faults.oracle;

import java.util.Arrays;
import java.util.List;

import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// I2: the scoring facts equal SQL over the orders; and every copy is what its source is.
final class FactsEqualOrders implements Invariant {

    private static final String BOUGHT = """
            with bought as (
              select o.customer_id, o.order_id,
                (o.ordered_at at time zone m.time_zone)::date - date '1970-01-01' as day, sum(l.kept_amount) as amount
              from customer_order o
              join merchant m using (merchant_id)
              join order_line l using (merchant_id, customer_id, order_id)
              where o.merchant_id = ? and o.status in ('PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PART_REFUNDED')
                and (l.product_code is null or l.product_code <> all(m.non_product_codes))
              group by 1, 2, 3
              having sum(l.kept_quantity) > 0)
            select customer_id, day, count(*) as orders, sum(amount) as amount from bought group by 1, 2
            """;

    private static final String FACTS = """
            select customer_id, unnest(days) as day, unnest(orders) as orders, unnest(amounts) as amount
            from history where merchant_id = ?
            """;

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I2");
        for (var shop : evidence.shops()) {
            var merchant = shop.merchantId();
            var customer = evidence.customer();
            finding.same(
                    "purchase days of " + shop.name(),
                    lines(customer, BOUGHT, merchant),
                    lines(evidence.scoring(), FACTS, merchant));
            orders(finding, evidence, shop);
            people(finding, evidence, shop);
            finding.same(
                    "interactions in scoring of " + shop.name(),
                    lines(
                            customer,
                            "select customer_id, interaction_id, kind from interaction where merchant_id = ?",
                            merchant),
                    lines(
                            evidence.scoring(),
                            "select customer_id, interaction_id, kind from interaction where merchant_id = ?",
                            merchant));
            finding.same(
                    "tiers and steps in campaigns of " + shop.name(),
                    lines(evidence.scoring(), """
                            select customer_id, version, tier, tier_rank, tier_seq, rfm_group,
                              case when rfm_group is null then 0 else group_seq end, stage, stage_seq
                            from score where merchant_id = ?
                            """, merchant),
                    lines(evidence.campaign(), """
                            select customer_id, score_version, tier, tier_rank, tier_seq, group_key, group_seq, stage, stage_seq
                            from audience where merchant_id = ?
                            """, merchant));
        }
        return finding.violations();
    }

    private static void orders(Finding finding, Evidence evidence, Shop shop) {
        var source = lines(
                evidence.customer(),
                "select customer_id, order_id, version from customer_order where merchant_id = ?",
                shop.merchantId());
        for (var copy : List.of(evidence.scoring(), evidence.campaign())) {
            finding.same(
                    "orders in a copy of " + shop.name(),
                    source,
                    lines(
                            copy,
                            "select customer_id, order_id, version from purchase_order where merchant_id = ?",
                            shop.merchantId()));
        }
    }

    private static void people(Finding finding, Evidence evidence, Shop shop) {
        finding.same(
                "customers in scoring of " + shop.name(),
                lines(
                        evidence.customer(),
                        "select customer_id, version, external_id from customer where merchant_id = ?",
                        shop.merchantId()),
                lines(
                        evidence.scoring(),
                        "select customer_id, customer_version, external_id from history where merchant_id = ?",
                        shop.merchantId()));
        finding.same(
                "customers and consents in campaigns of " + shop.name(),
                lines(evidence.customer(), """
                        select customer_id, version, email, phone, (consents -> 'SMS' ->> 'granted')::boolean,
                          (consents -> 'EMAIL' ->> 'granted')::boolean, (consents -> 'INBOX' ->> 'granted')::boolean
                        from customer where merchant_id = ?
                        """, shop.merchantId()),
                lines(evidence.campaign(), """
                        select customer_id, profile_version, email, phone, sms_consent, email_consent, inbox_consent
                        from audience where merchant_id = ?
                        """, shop.merchantId()));
    }

    /// Each row as one line of its values.
    private static List<String> lines(Sql sql, String query, int merchant) {
        // Columns of two sources have other names, and may share one: values by place.
        return sql.values(query, merchant).stream().map(Arrays::toString).toList();
    }
}
