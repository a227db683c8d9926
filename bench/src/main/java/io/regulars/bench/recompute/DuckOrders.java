package io.regulars.bench.recompute;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.peer.DuckDb;
import io.regulars.bench.world.Database;

/// The same orders and lines in a column store, which computes what [FromOrders] does, and writes all of it anew.
final class DuckOrders implements AutoCloseable {

    private static final String[] MAKE = {
        "create table purchase_order (customer_id bigint, order_id bigint, status varchar, ordered_at timestamp)",
        "create table order_line (customer_id bigint, order_id bigint, kept_amount bigint)",
    };

    private static final String ORDERS = """
            select o.customer_id, o.order_id, o.status, o.ordered_at at time zone s.time_zone as ordered_at
            from purchase_order o join shop s using (merchant_id) where o.merchant_id = %d and o.order_id > %d
            """;

    private static final String LINES = """
            select customer_id, order_id, kept_amount from order_line where merchant_id = %d and order_id > %d
            """;

    private static final String CUT = """
            select concat_ws(', ', 'date ''' || (now() at time zone s.time_zone)::date || ''' as today',
              c.recency_days || ' as recency_days', c.frequency || ' as frequency', c.monetary || ' as monetary')
            from shop s join calibration c using (merchant_id, calibration_no) where s.merchant_id = ?
            """;

    private static final String COMPUTE = """
            create or replace table peer_score as
            with shop as (select %s), bought as (
              select o.customer_id, max(o.ordered_at::date) as last_day,
                count(*) filter (where o.ordered_at::date > s.today - 365) as orders,
                coalesce(sum(l.amount) filter (where o.ordered_at::date > s.today - 365), 0) as amount,
                count(*) as all_orders, sum(l.amount) as all_amount
              from purchase_order o
              join (select order_id, sum(kept_amount) as amount from order_line group by order_id) l using (order_id)
              cross join shop s
              where o.status = 'PAID' and o.ordered_at::date <= s.today
              group by o.customer_id
            ), points as (
              select b.*, s.today - b.last_day as quiet, s.recency_days, s.frequency as frequency_cut,
                s.monetary as monetary_cut,
                case when quiet <= 30 then 5 when quiet <= 90 then 4 when quiet <= 180 then 3 when quiet <= 365 then 2
                  else 0 end * 4
                + case when orders >= 12 then 5 when orders >= 8 then 4 when orders >= 4 then 3 when orders >= 2 then 2
                  when orders >= 1 then 1 else 0 end * 8
                + case when orders = 0 then 0 when amount >= 1000000 then 5 when amount >= 500000 then 4
                  when amount >= 200000 then 3 when amount >= 50000 then 2 when amount >= 1 then 1 else 0 end * 8
                  as total
              from bought b cross join shop s
            )
            select customer_id, orders as frequency, amount as monetary, last_day as last_order_day,
              (quiet < recency_days)::int::varchar || (all_orders > frequency_cut)::int::varchar
                || (all_amount > monetary_cut)::int::varchar as rfm_group,
              case when total >= 92 then 4 when total >= 76 then 3 when total >= 60 then 2 when total >= 44 then 1
                else 0 end as earned_rank
            from points
            """;

    /// All of it in one line, for both to tell.
    static final String SUMS = """
            select concat_ws(' ', count(*), sum(frequency), sum(monetary), sum(earned_rank * customer_id),
              sum(rfm_group::int * customer_id), min(last_order_day), max(last_order_day)) from peer_score
            """;

    private final DuckDb duck = DuckDb.open();
    private final Database database;
    private final int merchant;
    private final Path folder;
    private String cut;
    private long last;

    /// @param folder for the files in between
    DuckOrders(Database database, int merchant, Path folder) throws SQLException, IOException {
        this.database = database;
        this.merchant = merchant;
        this.folder = folder;
        duck.run(MAKE);
        follow();
    }

    String version() throws SQLException {
        return duck.version();
    }

    /// Takes in the orders that came since the last time, and the day, which may be another one by now.
    void follow() throws SQLException, IOException {
        cut = database.row(CUT, merchant);
        duck.copy("purchase_order", database, ORDERS.formatted(merchant, last), folder);
        duck.copy("order_line", database, LINES.formatted(merchant, last), folder);
        last = duck.one("select max(order_id) from purchase_order", row -> row.getLong(1));
    }

    Sample run(int customers) throws SQLException {
        var meter = Meter.withSelfOver();
        duck.run(COMPUTE.formatted(cut));
        return meter.seconds(customers);
    }

    String sums() throws SQLException {
        return duck.one(SUMS, row -> row.getString(1));
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
