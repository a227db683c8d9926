package io.regulars.scoring.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Shop;
import org.jdbi.v3.core.Jdbi;

/// Who held which tier when, from the steps that are kept of each customer.
@ApplicationScoped
class TierHistory {

    /// A customer's tier at an instant is that of their last step before it.
    private static final String MOVES = """
            with origin as (
              select distinct on (customer_id) customer_id, key, rank from score_step
              where merchant_id = :merchant and dimension = 'tier' and since < :from
              order by customer_id, seq desc
            ), present as (
              select distinct on (customer_id) customer_id, key, rank from score_step
              where merchant_id = :merchant and dimension = 'tier' and since < :to
              order by customer_id, seq desc
            )
            select origin.key as origin, present.key as present, count(*) as customers,
              count(*) filter (where present.rank > origin.rank) as up,
              count(*) filter (where present.rank < origin.rank) as down
            from present left join origin using (customer_id)
            group by origin.key, present.key
            """;

    /// Each step is one customer more in its tier and one fewer in the one before, in the first of the spans
    /// that ends after it.
    private static final String CHANGES = """
            with changes as (
              select since, key, 1 as by from score_step
              where merchant_id = :merchant and dimension = 'tier' and since < :last
              union all
              select since, previous, -1 from score_step
              where merchant_id = :merchant and dimension = 'tier' and previous is not null and since < :last
            )
            select width_bucket(since, :ends::timestamptz[]) as span, key, sum(by) as by
            from changes group by span, key having sum(by) <> 0
            """;

    /// Each purchase day belongs to the tier that its customer held when the day ended, so that a first purchase
    /// counts for the tier that it gave.
    private static final String SALES = """
            with held as (
              select customer_id, key, since, lead(since) over (partition by customer_id order by seq) as until
              from score_step
              where merchant_id = :merchant and dimension = 'tier'
            ), bought as (
              select h.customer_id, b.day, b.amount,
                ((date '1970-01-01' + b.day + 1)::timestamp at time zone :zone) as ended
              from history h
              cross join lateral unnest(h.days, h.amounts) as b (day, amount)
              where h.merchant_id = :merchant and b.day >= :first and b.day < :last
            )
            select width_bucket(b.day, :days::int[]) - 1 as span, t.key, sum(b.amount) as amount
            from bought b
            left join held t on t.customer_id = b.customer_id and t.since < b.ended
              and (t.until is null or t.until >= b.ended)
            group by 1, t.key
            """;

    /// Minor units kept of what was bought in a span of days.
    ///
    /// @param span 0 for the first
    /// @param tier null where the customer held none yet
    record Sales(int span, String tier, long amount) {}

    /// Customers who held one tier at the first instant and another, or the same, at the second.
    ///
    /// @param from null where the shop did not know them yet
    record Moves(String from, String to, long customers, long up, long down) {}

    private record Change(int span, String key, long by) {}

    private final Jdbi jdbi;

    TierHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Moves> moves(int merchant, Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery(MOVES)
                .bind("merchant", merchant)
                .bind("from", from)
                .bind("to", to)
                .map((row, context) -> new Moves(
                        row.getString("origin"),
                        row.getString("present"),
                        row.getLong("customers"),
                        row.getLong("up"),
                        row.getLong("down")))
                .list());
    }

    /// What the customers of each tier bought in each span, of which each begins with one of these days and ends
    /// before the next, the last before `end`. The days must be in order.
    List<Sales> sales(Shop shop, List<LocalDate> days, LocalDate end) {
        return jdbi.withHandle(handle -> handle.createQuery(SALES)
                .bind("merchant", shop.merchantId())
                .bind("zone", shop.zone().getId())
                .bind("first", (int) days.getFirst().toEpochDay())
                .bind("last", (int) end.toEpochDay())
                .bindArray(
                        "days",
                        Integer.class,
                        days.stream().map(day -> (int) day.toEpochDay()).toList())
                .map((row, context) -> new Sales(row.getInt("span"), row.getString("key"), row.getLong("amount")))
                .list());
    }

    /// How many customers held each tier at each of the instants, which must be in order.
    List<Map<String, Long>> sizes(int merchant, List<Instant> instants) {
        var changes = jdbi.withHandle(handle -> handle.createQuery(CHANGES)
                .bind("merchant", merchant)
                .bind("last", instants.getLast())
                .bindArray(
                        "ends",
                        String.class,
                        instants.stream().map(Instant::toString).toArray())
                .map((row, context) -> new Change(row.getInt("span"), row.getString("key"), row.getLong("by")))
                .list());
        var sizes = new ArrayList<Map<String, Long>>();
        var now = new HashMap<String, Long>();
        for (var i = 0; i < instants.size(); i++) {
            var span = i;
            changes.stream()
                    .filter(change -> change.span() == span)
                    .forEach(change -> now.merge(change.key(), change.by(), Long::sum));
            sizes.add(Map.copyOf(now));
        }
        return sizes;
    }
}
