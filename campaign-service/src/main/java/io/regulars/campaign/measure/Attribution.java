package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Shares orders among the messages before them. Nothing of it is stored: the messages and the orders are, so
/// any window and model can be asked for at any time, and an order that is given back is gone from every
/// report.
@ApplicationScoped
class Attribution {

    /// @param tier at enrolment, empty where there was none
    /// @param orders shares of orders add up to parts of one
    /// @param sales minor units kept
    record Row(long campaign, String tier, String channel, BigDecimal orders, long sales) {}

    /// An order's messages are those of all campaigns. Its amount is shared in whole minor units, by rounding
    /// the running sums, so that the shares always add up to it. Enrolments are looked up by their key: a join
    /// with what was found first would go through it once for each row where statistics are old.
    private static final String SHARE = Scope.sql("""
            with cohort as (
            {cohort}
            ), bought as (
              select distinct o.customer_id, o.order_id, o.placed_at, o.kept
              from cohort c
              join {messages} and {touch}
              join {orders} and o.customer_id = m.customer_id
                and o.placed_at >= {at} and o.placed_at < {at} + {window}
            ), touched as (
              select b.*, m.id as message, m.enrolment_id, m.channel, {at} as touched_at
              from bought b
              join message m on m.merchant_id = :merchant and m.customer_id = b.customer_id
                and {touch} and b.placed_at >= {at} and b.placed_at < {at} + {window}
            ), placed as (
              select *, row_number() over (partition by customer_id, order_id order by touched_at, message) as place,
                count(*) over (partition by customer_id, order_id) as places
              from touched
            ), weighed as (
              select *, case :model
                when 'last-touch' then (place = places)::int::numeric
                when 'first-touch' then (place = 1)::int::numeric
                when 'linear' then 1
                when 'position' then case when places <= 2 then 1 when place in (1, places) then 0.4
                  else 0.2 / (places - 2) end
                else power(0.5::float8, extract(epoch from placed_at - touched_at)::float8 / 604800)::numeric end as weight
              from placed
            ), summed as (
              select *, sum(weight) over (partition by customer_id, order_id order by place) as running,
                sum(weight) over (partition by customer_id, order_id) as total
              from weighed
            )
            select e.campaign_id, coalesce(e.tier, '') as tier, s.channel, round(sum(s.weight / s.total), 6) as orders,
              sum(round(s.kept * s.running / s.total) - round(s.kept * (s.running - s.weight) / s.total)) as sales
            from summed s
            join enrolment e on e.merchant_id = :merchant and e.customer_id = s.customer_id and e.id = s.enrolment_id
            where s.weight > 0 and {chosen}
            group by 1, 2, 3
            """);

    private final Jdbi jdbi;

    Attribution(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Row> share(Scope scope, Model model) {
        return jdbi.withHandle(handle -> scope.bindWithWindow(handle.createQuery(SHARE))
                .bind("model", model.json())
                .map((row, context) -> new Row(
                        row.getLong("campaign_id"),
                        row.getString("tier"),
                        row.getString("channel"),
                        row.getBigDecimal("orders"),
                        row.getBigDecimal("sales").longValueExact()))
                .list());
    }
}
