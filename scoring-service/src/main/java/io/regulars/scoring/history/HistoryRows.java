package io.regulars.scoring.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Columns;
import org.jdbi.v3.core.Jdbi;

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

    private static final String READ = """
            select customer_id, days, orders, amounts, promotions from history
            where merchant_id = :merchant and customer_id = any(:customers)
            """;

    /// Each array comes as a text: arrays of unlike lengths cannot be the rows of one.
    private static final String WRITE = """
            update history h set days = n.days::int[], orders = n.orders::int[], amounts = n.amounts::bigint[],
              promotions = n.promotions::int[]
            from unnest(:customers::bigint[], :days::text[], :orders::text[], :amounts::text[], :promotions::text[])
              as n (customer_id, days, orders, amounts, promotions)
            where h.merchant_id = :merchant and h.customer_id = n.customer_id
            """;

    /// From the orders, and how many more buyers and orders that makes.
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
        var ofCustomer = differences.stream().collect(Collectors.groupingBy(Difference::customerId));
        var buyers = 0;
        var orders = 0L;
        var moved = new ArrayList<PurchaseHistory>();
        for (var before : read(merchant, List.copyOf(ofCustomer.keySet()))) {
            var after = before.moved(ofCustomer.get(before.customerId()));
            buyers += Math.min(1, after.days().length) - Math.min(1, before.days().length);
            orders += IntStream.of(after.orders()).asLongStream().sum()
                    - IntStream.of(before.orders()).asLongStream().sum();
            if (!after.sameDays(before)) {
                moved.add(after);
            }
        }
        write(merchant, moved);
        grow(merchant, new More(buyers, orders));
    }

    private List<PurchaseHistory> read(int merchant, List<Long> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(READ)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, customers)
                .map((row, context) -> Histories.read(row))
                .list());
    }

    private void write(int merchant, List<PurchaseHistory> histories) {
        if (histories.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> Columns.of(handle.createUpdate(WRITE).bind("merchant", merchant), histories)
                .longs("customers", PurchaseHistory::customerId)
                .texts("days", history -> array(Arrays.toString(history.days())))
                .texts("orders", history -> array(Arrays.toString(history.orders())))
                .texts("amounts", history -> array(Arrays.toString(history.amounts())))
                .texts("promotions", history -> array(Arrays.toString(history.promotions())))
                .bound()
                .execute());
    }

    /// From Java's notation to PostgreSQL's.
    private static String array(String values) {
        return "{" + values.substring(1, values.length() - 1) + "}";
    }

    /// The rows must be locked.
    void remake(int merchant, List<Long> customers) {
        grow(
                merchant,
                jdbi.withHandle(handle -> handle.createQuery(REMAKE)
                        .bind("merchant", merchant)
                        .bindArray("customers", Long.class, customers)
                        .map((row, context) -> new More(row.getLong("buyers"), row.getLong("orders")))
                        .one()));
    }

    private void grow(int merchant, More more) {
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
