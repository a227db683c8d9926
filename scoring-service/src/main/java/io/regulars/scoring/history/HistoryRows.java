package io.regulars.scoring.history;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Columns;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// The histories, as rows: locked, moved by differences, made anew from the orders.
@ApplicationScoped
class HistoryRows {

    private static final int SHARDS = 8;

    private static final String MEET = """
            insert into history (merchant_id, customer_id) select :merchant, unnest(:customers::bigint[])
            on conflict do nothing
            """;

    /// In the order of their ids, as everyone does, so that nobody waits in a circle.
    private static final String LOCK = """
            select customer_id from history where merchant_id = :merchant and customer_id = any(:customers)
            order by customer_id for update
            """;

    /// From the days as they should be to the rows, and how many more buyers and orders that are.
    private static final String WRITE_ARRAYS = """
            , arrays as (
              select customer_id,
                coalesce(array_agg(day order by day) filter (where orders > 0), '{}') as days,
                coalesce(array_agg(orders order by day) filter (where orders > 0), '{}')::int[] as orders,
                coalesce(array_agg(amount order by day) filter (where orders > 0), '{}')::bigint[] as amounts,
                coalesce(array_agg(promotions order by day) filter (where orders > 0), '{}')::int[] as promotions
              from touched left join by_day using (customer_id)
              group by customer_id
            ), written as (
              update history h
              set days = a.days, orders = a.orders, amounts = a.amounts, promotions = a.promotions
              from arrays a
              where h.merchant_id = :merchant and h.customer_id = a.customer_id and h.customer_id = any(:customers)
                and (h.days, h.orders, h.amounts, h.promotions)
                  is distinct from (a.days, a.orders, a.amounts, a.promotions)
              returning (cardinality(new.days) > 0)::int - (cardinality(old.days) > 0)::int as buyers,
                (select coalesce(sum(o), 0) from unnest(new.orders) o)
                - (select coalesce(sum(o), 0) from unnest(old.orders) o) as orders
            )
            select coalesce(sum(buyers), 0) as buyers, coalesce(sum(orders), 0) as orders from written
            """;

    private static final String MOVE = """
            with difference as (
              select * from unnest(:of::bigint[], :days::int[], :orders::bigint[], :amounts::bigint[],
                :promotions::bigint[]) as d (customer_id, day, orders, amount, promotions)
            ), touched as (
              select unnest(:customers::bigint[]) as customer_id
            ), by_day as (
              select customer_id, day, sum(orders) as orders, sum(amount) as amount, sum(promotions) as promotions
              from (
                select * from difference
                union all
                select h.customer_id, d.day, d.orders, d.amount, d.promotions
                from history h cross join unnest(h.days, h.orders, h.amounts, h.promotions)
                  as d (day, orders, amount, promotions)
                where h.merchant_id = :merchant and h.customer_id = any(:customers)
              ) as before_and_difference
              group by customer_id, day
            )
            """ + WRITE_ARRAYS;

    private static final String REMAKE = """
            with touched as (
              select unnest(:customers::bigint[]) as customer_id
            ), by_day as (
              select customer_id, day, count(*) as orders, sum(amount) as amount,
                count(*) filter (where big_promotion) as promotions
              from purchase_order
              where merchant_id = :merchant and customer_id = any(:customers) and counted
              group by customer_id, day
            )
            """ + WRITE_ARRAYS;

    private static final String GROW = """
            insert into shop_size as s (merchant_id, shard, buyers, orders) values (:merchant, :shard, :buyers, :orders)
            on conflict (merchant_id, shard) do update set buyers = s.buyers + excluded.buyers,
              orders = s.orders + excluded.orders
            """;

    /// What is to be added to one day of one customer.
    record Difference(long customerId, int day, long orders, long amount, long promotions) {}

    private record More(long buyers, long orders) {}

    private final Jdbi jdbi;

    HistoryRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Makes the rows that are missing and locks them all.
    void meet(int merchant, SortedSet<Long> customers) {
        jdbi.useHandle(handle -> {
            handle.createUpdate(MEET)
                    .bind("merchant", merchant)
                    .bindArray("customers", Long.class, List.copyOf(customers))
                    .execute();
            lock(merchant, customers);
        });
    }

    void lock(int merchant, Collection<Long> customers) {
        jdbi.useHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .mapTo(Long.class)
                .list());
    }

    /// The rows must be locked.
    void move(int merchant, List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        var customers =
                differences.stream().map(Difference::customerId).distinct().toList();
        jdbi.useHandle(handle -> {
            var move = Columns.of(handle.createQuery(MOVE), differences)
                    .longs("of", Difference::customerId)
                    .ints("days", Difference::day)
                    .longs("orders", Difference::orders)
                    .longs("amounts", Difference::amount)
                    .longs("promotions", Difference::promotions)
                    .bound();
            write(merchant, customers, move);
        });
    }

    /// The rows must be locked.
    void remake(int merchant, List<Long> customers) {
        jdbi.useHandle(handle -> write(merchant, customers, handle.createQuery(REMAKE)));
    }

    private void write(int merchant, List<Long> customers, Query query) {
        var more = query.bind("merchant", merchant)
                .bindArray("customers", Long.class, customers)
                .map((row, context) -> new More(row.getLong("buyers"), row.getLong("orders")))
                .one();
        if (more.buyers() != 0 || more.orders() != 0) {
            jdbi.useHandle(handle -> handle.createUpdate(GROW)
                    .bind("merchant", merchant)
                    .bind("shard", ThreadLocalRandom.current().nextInt(SHARDS))
                    .bind("buyers", more.buyers())
                    .bind("orders", more.orders())
                    .execute());
        }
    }
}
