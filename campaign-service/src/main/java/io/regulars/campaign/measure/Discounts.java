package io.regulars.campaign.measure;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// What the coupons cost that campaigns gave out and orders used.
@ApplicationScoped
class Discounts {

    /// @param tier at enrolment, empty where there was none
    /// @param redeemed codes, by orders that still stand or that are not known
    /// @param cost minor units off the price
    /// @param unknown those of the codes whose cost nobody can tell: a gift, free shipping, a percentage of an
    ///     order that never came
    record Row(long campaign, String tier, long redeemed, long cost, long unknown) {}

    /// What the checkout told; else what can be worked out: orders tell what was paid, with the coupon off. A
    /// percentage
    /// is worked out backwards: what 12 % off left 88 of cost 100. An order that was given back used nothing.
    private static final String COST = Scope.sql("""
            select campaign_id, tier, count(*) as redeemed, coalesce(sum(cost), 0) as cost,
              count(*) filter (where cost is null) as unknown
            from (
              select e.campaign_id, coalesce(e.tier, '') as tier, coalesce(k.discount, case
                when c.kind in ('amount', 'threshold') then c.amount_off
                when c.kind = 'percent' and c.percent_off < 100
                  then round(o.kept * c.percent_off / (100 - c.percent_off)) end) as cost
              from coupon_code k
              join coupon c on c.merchant_id = k.merchant_id and c.id = k.coupon_id
              join enrolment e
                on e.merchant_id = k.merchant_id and e.customer_id = k.customer_id and e.id = k.enrolment_id
              left join purchase_order o on o.merchant_id = k.merchant_id and o.customer_id = k.customer_id
                and o.external_id = k.order_id
              where k.merchant_id = :merchant and k.state = 'redeemed' and k.campaign_id is not null
                and (:campaign::bigint is null or k.campaign_id = :campaign) and {chosen}
                and (o.placed_at is null or o.kept is not null)) used
            group by campaign_id, tier
            """);

    private final Jdbi jdbi;

    Discounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Row> cost(Scope scope) {
        return jdbi.withHandle(handle -> scope.bind(handle.createQuery(COST))
                .map((row, context) -> new Row(
                        row.getLong("campaign_id"),
                        row.getString("tier"),
                        row.getLong("redeemed"),
                        row.getBigDecimal("cost").longValueExact(),
                        row.getLong("unknown")))
                .list());
    }
}
