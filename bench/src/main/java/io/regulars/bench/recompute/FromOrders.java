package io.regulars.bench.recompute;

import java.sql.SQLException;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.ProcessTree;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.world.Database;

/// The peer: one statement that computes from the raw orders what people filter by, and writes what changed. It knows
/// less than the service does: no grace period, no stages, no forecasts, no reasons, no numbered steps, no events.
///
/// It shares no code with the service, and so serves as the oracle as well.
final class FromOrders {

    private static final String MAKE = """
            create table peer_score (merchant_id int not null, customer_id bigint not null, frequency bigint not null,
              monetary bigint not null, last_order_day date, rfm_group text, earned_rank int not null,
              primary key (merchant_id, customer_id)) with (fillfactor = 70)
            """;

    /// The shipped model's window, bins and ladder.
    private static final String COMPUTE = """
            with shop as (
              select s.merchant_id, (now() at time zone s.time_zone)::date as today, s.time_zone, c.recency_days,
                c.frequency, c.monetary
              from shop s left join calibration c using (merchant_id, calibration_no) where s.merchant_id = %1$d
            ), bought as (
              select o.customer_id, max((o.ordered_at at time zone s.time_zone)::date) as last_day,
                count(*) filter (where (o.ordered_at at time zone s.time_zone)::date > s.today - 365) as orders,
                coalesce(sum(l.amount)
                  filter (where (o.ordered_at at time zone s.time_zone)::date > s.today - 365), 0)::bigint as amount,
                count(*) as all_orders, sum(l.amount)::bigint as all_amount
              from shop s
              join purchase_order o on o.merchant_id = s.merchant_id
              join (
                select customer_id, order_id, sum(kept_amount) as amount from order_line
                where merchant_id = %1$d group by customer_id, order_id) l using (customer_id, order_id)
              where o.status = 'PAID' and (o.ordered_at at time zone s.time_zone)::date <= s.today
              group by o.customer_id
            ), points as (
              select b.*, s.today - b.last_day as quiet,
                case when s.today - b.last_day <= 30 then 5 when s.today - b.last_day <= 90 then 4
                  when s.today - b.last_day <= 180 then 3 when s.today - b.last_day <= 365 then 2 else 0 end * 4
                + case when orders >= 12 then 5 when orders >= 8 then 4 when orders >= 4 then 3 when orders >= 2 then 2
                  when orders >= 1 then 1 else 0 end * 8
                + case when orders = 0 then 0 when amount >= 1000000 then 5 when amount >= 500000 then 4
                  when amount >= 200000 then 3 when amount >= 50000 then 2 when amount >= 1 then 1 else 0 end * 8
                  as total,
                s.recency_days, s.frequency, s.monetary
              from bought b cross join shop s
            ), card as (
              select %1$d as merchant_id, customer_id, orders as frequency, amount as monetary,
                last_day as last_order_day,
                (quiet < recency_days)::int || '' || (all_orders > points.frequency)::int || ''
                  || (all_amount > points.monetary)::int as rfm_group,
                case when total >= 92 then 4 when total >= 76 then 3 when total >= 60 then 2 when total >= 44 then 1
                  else 0 end as earned_rank
              from points
            )
            insert into peer_score as p select * from card
            on conflict (merchant_id, customer_id) do update set frequency = excluded.frequency,
              monetary = excluded.monetary, last_order_day = excluded.last_order_day, rfm_group = excluded.rfm_group,
              earned_rank = excluded.earned_rank
            where (p.frequency, p.monetary, p.last_order_day, p.rfm_group, p.earned_rank) is distinct from
              (excluded.frequency, excluded.monetary, excluded.last_order_day, excluded.rfm_group, excluded.earned_rank)
            """;

    /// Grace only ever keeps a customer above what the points alone would earn.
    private static final String UNEQUAL = """
            select count(*) from score s full join peer_score p using (merchant_id, customer_id)
            where merchant_id = ? and ((s.frequency, s.monetary, s.last_order_day, s.rfm_group) is distinct from
              (p.frequency, p.monetary, p.last_order_day, p.rfm_group) or s.tier_rank < p.earned_rank)
            """;

    private final Database database;
    private final int merchant;

    private FromOrders(Database database, int merchant) {
        this.database = database;
        this.merchant = merchant;
    }

    static FromOrders make(Database database, int merchant) throws SQLException {
        database.run(MAKE);
        return new FromOrders(database, merchant);
    }

    Sample run(ProcessTree postgres, int customers) throws SQLException {
        var meter = Meter.over(postgres);
        database.run(COMPUTE.formatted(merchant));
        return meter.seconds(customers);
    }

    /// Makes every so many-th of its rows wrong, as the service's were made.
    void disturb(int every) throws SQLException {
        database.run(
                "update peer_score set frequency = frequency + 1 where customer_id %% %d = 0".formatted(every),
                "vacuum peer_score");
    }

    /// How many of the service's scores are not these.
    long unequal() throws SQLException {
        return database.number(UNEQUAL, merchant);
    }

    String sums() throws SQLException {
        return database.row(DuckOrders.SUMS);
    }
}
