package io.regulars.scoring.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
            select %s from history h where h.merchant_id = :merchant and h.customer_id = any(:customers)
            """.formatted(Histories.COLUMNS);

    /// Each array comes as a text: arrays of unlike lengths cannot be the rows of one.
    private static final String WRITE = """
            update history h set days = n.days::int[], orders = n.orders::int[], amounts = n.amounts::bigint[],
              promotions = n.promotions::int[], promotion_amounts = n.promotion_amounts::bigint[],
              acts = n.acts::int[], bought = n.bought::int[], categories = n.categories::text[]
            from unnest(:customers::bigint[], :days::text[], :orders::text[], :amounts::text[], :promotions::text[],
                :promotionAmounts::text[], :acts::text[], :bought::text[], :categories::text[])
              as n (customer_id, days, orders, amounts, promotions, promotion_amounts, acts, bought, categories)
            where h.merchant_id = :merchant and h.customer_id = n.customer_id
            """;

    /// From the orders, and how many more buyers and orders that makes.
    private static final String REMAKE = """
            with touched as (
              select unnest(:customers::bigint[]) as customer_id
            ), by_day as (
              select customer_id, day, count(*) as orders, sum(amount) as amount,
                count(*) filter (where big_promotion) as promotions,
                coalesce(sum(amount) filter (where big_promotion), 0) as promotion_amount
              from purchase_order
              where merchant_id = :merchant and customer_id = any(:customers) and counted
              group by customer_id, day
            ), arrays as (
              select customer_id,
                coalesce(array_agg(day order by day) filter (where orders > 0), '{}') as days,
                coalesce(array_agg(orders order by day) filter (where orders > 0), '{}')::int[] as orders,
                coalesce(array_agg(amount order by day) filter (where orders > 0), '{}')::bigint[] as amounts,
                coalesce(array_agg(promotions order by day) filter (where orders > 0), '{}')::int[] as promotions,
                coalesce(array_agg(promotion_amount order by day) filter (where orders > 0), '{}')::bigint[]
                  as promotion_amounts
              from touched left join by_day using (customer_id)
              group by customer_id
            ), written as (
              update history h
              set days = a.days, orders = a.orders, amounts = a.amounts, promotions = a.promotions,
                promotion_amounts = a.promotion_amounts
              from arrays a
              where h.merchant_id = :merchant and h.customer_id = a.customer_id and h.customer_id = any(:customers)
                and (h.days, h.orders, h.amounts, h.promotions, h.promotion_amounts)
                  is distinct from (a.days, a.orders, a.amounts, a.promotions, a.promotion_amounts)
              returning (cardinality(new.days) > 0)::int - (cardinality(old.days) > 0)::int as buyers,
                (select coalesce(sum(o), 0) from unnest(new.orders) o)
                - (select coalesce(sum(o), 0) from unnest(old.orders) o) as orders
            )
            select coalesce(sum(buyers), 0) as buyers, coalesce(sum(orders), 0) as orders from written
            """;

    /// What customers did and which categories they bought, from the facts.
    private static final String REMAKE_ACTIVITY = """
            with touched as (
              select unnest(:customers::bigint[]) as customer_id
            ), facts as (
              select customer_id, (at at time zone :zone)::date - date '1970-01-01' as day, (kind = 'visited')::int as visits,
                (kind = any(:acts))::int as acts,
                case
                  when rating is null then null
                  when kind = 'product_reviewed' then 20 * least(greatest(rating, 1), 5)
                  when kind = 'survey_answered' then least(greatest(rating, 0), 100) end as rating
              from interaction
              where merchant_id = :merchant and customer_id = any(:customers) and kind = any(:counted)
              union all
              select customer_id, (at at time zone :zone)::date - date '1970-01-01', 0, 1, null
              from engagement
              where merchant_id = :merchant and customer_id = any(:customers)
            ), acts as (
              select customer_id, array_agg(n order by day, place) as acts
              from (
                select customer_id, day, sum(visits) as visits, sum(acts) as acts, count(rating) as ratings,
                  coalesce(sum(rating), 0) as rating_sum
                from facts group by customer_id, day) by_day,
                unnest(array[day, visits, acts, ratings, rating_sum]::int[]) with ordinality as f (n, place)
              group by customer_id
            ), by_category as (
              select o.customer_id, o.day, l.category collate "C" as category, count(*) as lines
              from purchase_order o join order_line l using (merchant_id, customer_id, order_id)
              where o.merchant_id = :merchant and o.customer_id = any(:customers) and o.counted and l.category is not null
                and l.kept_quantity > 0 and (l.product_code is null or l.product_code <> all(:codes))
              group by o.customer_id, o.day, l.category
            ), bought as (
              select customer_id, array_agg(n order by day, category, place) as bought,
                array_agg(category order by day, category) filter (where place = 1) as categories
              from by_category, unnest(array[day, lines]::int[]) with ordinality as f (n, place)
              group by customer_id
            ), made as (
              select customer_id, coalesce(acts, '{}') as acts, coalesce(bought, '{}') as bought,
                coalesce(categories, '{}') as categories
              from touched left join acts using (customer_id) left join bought using (customer_id)
            )
            update history h set acts = m.acts, bought = m.bought, categories = m.categories
            from made m
            where h.merchant_id = :merchant and h.customer_id = m.customer_id and h.customer_id = any(:customers)
              and (h.acts, h.bought, h.categories) is distinct from (m.acts, m.bought, m.categories)
            """;

    private static final String GROW = """
            insert into shop_size as s (merchant_id, shard, buyers, orders) values (:merchant, :shard, :buyers, :orders)
            on conflict (merchant_id, shard) do update set buyers = s.buyers + excluded.buyers,
              orders = s.orders + excluded.orders
            """;

    /// What is to be added to one day of one customer.
    record Difference(long customerId, int day, long orders, long amount, long promotions, long promotionAmount) {}

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

    /// What is to be added to one category of one customer.
    record InCategory(long customerId, Activity.Bought bought) {}

    /// What is to be added to what one customer did.
    record Act(long customerId, Activity.Acts acts) {}

    /// The rows must be locked.
    void move(int merchant, List<Difference> differences, List<InCategory> categories) {
        if (differences.isEmpty() && categories.isEmpty()) {
            return;
        }
        var ofCustomer = differences.stream().collect(Collectors.groupingBy(Difference::customerId));
        var bought = categories.stream()
                .collect(Collectors.groupingBy(
                        InCategory::customerId, Collectors.mapping(InCategory::bought, Collectors.toList())));
        var touched = new TreeSet<>(ofCustomer.keySet());
        touched.addAll(bought.keySet());
        var buyers = 0;
        var orders = 0L;
        var moved = new ArrayList<PurchaseHistory>();
        for (var before : read(merchant, List.copyOf(touched))) {
            var days = before.moved(ofCustomer.getOrDefault(before.customerId(), List.of()));
            var after = days.with(days.activity().withBought(bought.getOrDefault(before.customerId(), List.of())));
            buyers += Math.min(1, after.days().length) - Math.min(1, before.days().length);
            orders += IntStream.of(after.orders()).asLongStream().sum()
                    - IntStream.of(before.orders()).asLongStream().sum();
            if (!after.same(before)) {
                moved.add(after);
            }
        }
        write(merchant, moved);
        grow(merchant, new More(buyers, orders));
    }

    /// The rows must be locked.
    void act(int merchant, List<Act> acts) {
        var ofCustomer = acts.stream()
                .collect(Collectors.groupingBy(Act::customerId, Collectors.mapping(Act::acts, Collectors.toList())));
        write(
                merchant,
                read(merchant, List.copyOf(ofCustomer.keySet())).stream()
                        .map(before -> before.with(before.activity().withActs(ofCustomer.get(before.customerId()))))
                        .toList());
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
                .texts("promotionAmounts", history -> array(Arrays.toString(history.promotionAmounts())))
                .texts(
                        "acts",
                        history -> array(Arrays.toString(history.activity().acts())))
                .texts(
                        "bought",
                        history -> array(Arrays.toString(history.activity().bought())))
                .texts("categories", history -> quoted(history.activity().categories()))
                .bound()
                .execute());
    }

    /// Each element in quotes: a category may have any character in it.
    private static String quoted(String[] values) {
        return Arrays.stream(values)
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// From Java's notation to PostgreSQL's.
    private static String array(String values) {
        return "{" + values.substring(1, values.length() - 1) + "}";
    }

    /// The rows must be locked.
    void remake(Shop shop, List<Long> customers) {
        var merchant = shop.merchantId();
        jdbi.useHandle(handle -> handle.createUpdate(REMAKE_ACTIVITY)
                .bind("merchant", merchant)
                .bind("zone", shop.zone().getId())
                .bindArray("acts", String.class, List.copyOf(Interactions.ACTS))
                .bindArray("counted", String.class, List.copyOf(Interactions.COUNTED))
                .bindArray("codes", String.class, List.copyOf(shop.nonProductCodes()))
                .bindArray("customers", Long.class, customers)
                .execute());
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
