package io.regulars.bench.score;

import java.sql.SQLException;

import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.report.Report;
import io.regulars.bench.world.Database;
import io.regulars.bench.world.World;

/// The bare upsert loop: the same facts from the same events, which lie parsed in a table beside, a thousand in one
/// statement and transaction. It scores nobody and tells nobody.
final class SqlLoop {

    static final int BATCH = 1_000;

    private static final String[] MAKE = {
        "create table peer.purchase_order (like public.purchase_order including all)",
        "create table peer.order_line (like public.order_line including all)",
        """
        create table peer.fact (merchant_id int, customer_id bigint, frequency bigint not null, monetary bigint not null,
          last_day int not null, primary key (merchant_id, customer_id)) with (fillfactor = 70)
        """
    };

    private static final String APPLY = """
            with batch as materialized (
              select distinct on (order_id) * from peer.event where seq > ? and seq <= ? order by order_id, version desc
            ), applied as (
              insert into peer.purchase_order as o (merchant_id, customer_id, order_id, version, status, ordered_at,
                big_promotion, counted, day, amount)
              select %1$d, customer_id, order_id, version, 'PAID', ordered_at, false, true, day, amount from batch
              on conflict (merchant_id, order_id) do update set version = excluded.version,
                ordered_at = excluded.ordered_at, day = excluded.day, amount = excluded.amount
              where o.version < excluded.version
              returning new.customer_id, new.order_id, new.day, new.amount, old.amount as was
            ), gone as (
              delete from peer.order_line l using applied a join batch b using (order_id)
              where a.was is not null and l.merchant_id = %1$d and l.customer_id = a.customer_id
                and l.order_id = a.order_id and l.line_no > b.lines
            ), kept as (
              insert into peer.order_line (merchant_id, customer_id, order_id, line_no, product_code, product_name,
                category, kept_quantity, kept_amount)
              select %1$d, a.customer_id, a.order_id, l.line_no, l.product_code, l.product_name, l.category,
                l.kept_quantity, l.kept_amount
              from applied a join batch b using (order_id) join peer.event_line l using (seq)
              on conflict (merchant_id, customer_id, order_id, line_no) do update set
                product_code = excluded.product_code, product_name = excluded.product_name,
                category = excluded.category, kept_quantity = excluded.kept_quantity, kept_amount = excluded.kept_amount
            )
            insert into peer.fact as f (merchant_id, customer_id, frequency, monetary, last_day)
            select %1$d, customer_id, count(*) filter (where was is null), sum(amount - coalesce(was, 0)), max(day)
            from applied group by customer_id
            on conflict (merchant_id, customer_id) do update set frequency = f.frequency + excluded.frequency,
              monetary = f.monetary + excluded.monetary, last_day = greatest(f.last_day, excluded.last_day)
            """;

    private final Database database;
    private final World world;
    private final Telling telling;
    private int chapters;

    private SqlLoop(World world, Database database, Telling telling) {
        this.world = world;
        this.database = database;
        this.telling = telling;
    }

    static SqlLoop make(World world, Telling telling) throws SQLException {
        var database = world.database("scoring");
        database.run(MAKE);
        return new SqlLoop(world, database, telling);
    }

    Sample turn() throws Exception {
        telling.stage(chapters);
        var events = telling.story().events();
        var first = (long) chapters++ * events;
        try (var connection = database.connect();
                var apply = connection.prepareStatement(
                        APPLY.formatted(telling.story().merchant()))) {
            var meter = Meter.withSelfOver(world.postgres());
            for (var done = first; done < first + events; done += BATCH) {
                apply.setLong(1, done);
                apply.setLong(2, Math.min(done + BATCH, first + events));
                apply.executeUpdate();
            }
            return meter.rate(events);
        }
    }

    void check(Report report) throws SQLException {
        report.check(
                "SQL loop: facts of all customers",
                telling.expected(chapters),
                database.row(Telling.sums("peer.fact")));
    }
}
