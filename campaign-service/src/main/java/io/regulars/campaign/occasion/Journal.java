package io.regulars.campaign.occasion;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// What happened that could have begun a campaign, whether one was there or not: so that a campaign can be
/// tried on the past. Told live only; loaded history begins nothing, then as now.
@ApplicationScoped
public class Journal {

    /// @param kind what moved or was done, see the table
    /// @param name of this one among the customer's of its kind
    /// @param detail JSON
    public record Entry(int merchantId, long customerId, String kind, String name, Instant at, String detail) {}

    /// In one order, so that two who tell the same do not wait for each other.
    private static final String ADD = """
            insert into occasion (merchant_id, customer_id, kind, name, at, detail)
            select merchant_id, customer_id, kind, name, at, detail
            from unnest(:merchants::int[], :customers::bigint[], :kinds::text[], :names::text[], :ats::timestamptz[],
              :details::jsonb[]) as r (merchant_id, customer_id, kind, name, at, detail)
            order by merchant_id, customer_id, kind, name
            on conflict (merchant_id, customer_id, kind, name) do nothing
            """;

    private static final String BETWEEN = """
            select customer_id, kind, name, at, detail from occasion
            where merchant_id = :merchant and kind = any(:kinds) and at > :from and at <= :until
            order by at, customer_id limit :most
            """;

    /// Two sweepers never wait for each other.
    private static final String FORGET = """
            delete from occasion where ctid = any(array(
              select ctid from occasion where at < :before limit :limit for update skip locked))
            """;

    private static final String SINCE = "select at from occasion_since";

    private final Jdbi jdbi;

    Journal(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction.
    public void add(Collection<Entry> happened) {
        if (happened.isEmpty()) {
            return;
        }
        List<Entry> entries = happened.stream()
                .sorted(Comparator.comparingInt(Entry::merchantId).thenComparingLong(Entry::customerId))
                .toList();
        jdbi.useHandle(handle -> handle.createUpdate(ADD)
                .bindArray(
                        "merchants",
                        Integer.class,
                        entries.stream().map(Entry::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        entries.stream().map(Entry::customerId).toList())
                .bindArray(
                        "kinds", String.class, entries.stream().map(Entry::kind).toList())
                .bindArray(
                        "names", String.class, entries.stream().map(Entry::name).toList())
                .bindArray(
                        "ats",
                        String.class,
                        entries.stream().map(entry -> entry.at().toString()).toList())
                .bindArray(
                        "details",
                        String.class,
                        entries.stream().map(Entry::detail).toList())
                .execute());
    }

    /// The earliest first.
    public List<Entry> between(int merchant, Collection<String> kinds, Instant from, Instant until, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(BETWEEN)
                .bind("merchant", merchant)
                .bindArray("kinds", String.class, List.copyOf(kinds))
                .bind("from", from)
                .bind("until", until)
                .bind("most", most)
                .map((row, context) -> new Entry(
                        merchant,
                        row.getLong("customer_id"),
                        row.getString("kind"),
                        row.getString("name"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("detail")))
                .list());
    }

    /// Nothing from before is in it.
    public Instant since() {
        return jdbi.withHandle(handle -> handle.createQuery(SINCE)
                .map((row, context) -> row.getTimestamp(1).toInstant())
                .one());
    }

    /// @return how many there were, at most so many
    public int forget(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate(FORGET)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }
}
