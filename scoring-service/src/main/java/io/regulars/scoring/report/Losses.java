package io.regulars.scoring.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Shop;
import org.jdbi.v3.core.Jdbi;

/// Customers who became lost in a period, counted by what was known of them then.
@ApplicationScoped
class Losses {

    /// Only those whose step to `lost` lies in the period are looked at, each by the customer's own keys. A tier
    /// that was first known after the loss, as for a shop that was imported later, stands for the one before it.
    static final String COUNT = """
            with lost as materialized (
              select customer_id, max(since) as at from score_step
              where merchant_id = :merchant and dimension = 'stage' and key = 'lost' and since >= :from and since < :to
              group by customer_id
            ), known as (
              select
                (select t.key from score_step t
                  where t.merchant_id = :merchant and t.customer_id = l.customer_id and t.dimension = 'tier'
                  order by t.since > l.at, case when t.since > l.at then t.seq else -t.seq end limit 1) as tier,
                r.region,
                (select coalesce(p.category, i.category)
                  from purchase_order o
                  join order_line i using (merchant_id, customer_id, order_id)
                  left join product p on p.merchant_id = i.merchant_id and p.code = i.product_code
                  where o.merchant_id = :merchant and o.customer_id = l.customer_id and o.counted
                    and o.ordered_at < l.at and i.kept_quantity > 0
                    and (i.product_code is null or not i.product_code = any(:nonProducts))
                  order by o.ordered_at desc, o.order_id desc, i.kept_amount desc, i.line_no limit 1) as category,
                (select case s.kind when 'product_reviewed' then s.rating
                    else greatest(1, least(5, ceil(s.rating / 20.0)))::int end
                  from interaction s
                  where s.merchant_id = :merchant and s.customer_id = l.customer_id
                    and s.kind in ('product_reviewed', 'survey_answered') and s.rating is not null and s.at < l.at
                  order by s.at desc, s.interaction_id desc limit 1) as rating,
                (select least(count(*), 3) from interaction s
                  where s.merchant_id = :merchant and s.customer_id = l.customer_id and s.kind = 'complained'
                    and s.at >= l.at - interval '90 days' and s.at < l.at) as complaints,
                (select c.campaign_id from contact c
                  where c.merchant_id = :merchant and c.customer_id = l.customer_id and c.at < l.at
                  order by c.at desc, c.campaign_id desc limit 1) as campaign,
                bought.before, bought.since, bought.back
              from lost l
              join history h on h.merchant_id = :merchant and h.customer_id = l.customer_id
              left join customer_record r on r.merchant_id = :merchant and r.customer_id = l.customer_id
              cross join lateral (select (l.at at time zone :zone)::date - date '1970-01-01' as day) began
              cross join lateral (
                select coalesce(sum(b.amount) filter (where b.day < began.day), 0) as before,
                  coalesce(sum(b.amount) filter (where b.day >= began.day), 0) as since,
                  coalesce(bool_or(b.day >= began.day), false) as back
                from unnest(h.days, h.amounts) as b (day, amount) where b.day <= :today) bought
            )
            select case
                when grouping(tier) = 0 then 'tier'
                when grouping(region) = 0 then 'region'
                when grouping(category) = 0 then 'lastCategory'
                when grouping(rating) = 0 then 'lastRating'
                when grouping(complaints) = 0 then 'complaints'
                when grouping(campaign) = 0 then 'lastCampaign'
                else 'all' end as dimension,
              coalesce(tier, region, category, rating::text, complaints::text, campaign::text) as key,
              count(*) as customers, sum(before) as sales_before,
              count(*) filter (where back) as won_back, sum(since) as sales_since
            from known
            group by grouping sets ((), (tier), (region), (category), (rating), (complaints), (campaign))
            order by dimension, customers desc, key
            """;

    /// @param dimension what the customers are counted by; `all` for all of them
    /// @param key null where it is not known of them
    /// @param salesBefore minor units kept of what they bought before they were lost
    /// @param wonBack who bought again on the day of the loss or later, `salesSince` what they kept of that
    record Count(String dimension, String key, long customers, long salesBefore, long wonBack, long salesSince) {
        Count named(String name) {
            return new Count(dimension, name, customers, salesBefore, wonBack, salesSince);
        }
    }

    private final Jdbi jdbi;

    Losses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// The largest first in each dimension.
    List<Count> counts(Shop shop, Instant from, Instant to, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNT)
                .bind("merchant", shop.merchantId())
                .bind("from", from)
                .bind("to", to)
                .bind("zone", shop.zone().getId())
                .bind("today", shop.day(now))
                .bindArray("nonProducts", String.class, List.copyOf(shop.nonProductCodes()))
                .map((row, context) -> count(row))
                .list());
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(
                row.getString("dimension"),
                row.getString("key"),
                row.getLong("customers"),
                row.getLong("sales_before"),
                row.getLong("won_back"),
                row.getLong("sales_since"));
    }
}
