package io.regulars.campaign.journey;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// The last of each fact of a customer that some campaign waits for. Topics come in any order: a customer
/// may be enrolled after something was told that happened after the enrolment's cause.
@ApplicationScoped
public class RecentFacts {

    /// In the order of the key, so that two who tell the same do not wait for each other.
    private static final String KEEP = """
            insert into recent_fact (merchant_id, customer_id, key, at, told_at)
            select merchant_id, customer_id, key, max(at), :now
            from unnest(:merchants::int[], :customers::bigint[], :keys::text[], :instants::timestamptz[])
              as f (merchant_id, customer_id, key, at)
            group by 1, 2, 3 order by 1, 2, 3
            on conflict (merchant_id, customer_id, key) do update set at = excluded.at, told_at = excluded.told_at
            where recent_fact.at < excluded.at
            """;

    private static final String FORGET = """
            delete from recent_fact where ctid = any(array(
              select ctid from recent_fact where told_at < :before order by told_at limit :limit
              for update skip locked))
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    RecentFacts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// In the caller's transaction.
    void keep(List<Awakenings.Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(KEEP)
                .bind("now", clock.instant())
                .bindArray(
                        "merchants",
                        Integer.class,
                        facts.stream().map(Awakenings.Fact::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        facts.stream().map(Awakenings.Fact::customerId).toList())
                .bindArray(
                        "keys",
                        String.class,
                        facts.stream().map(Awakenings.Fact::key).toList())
                .bindArray(
                        "instants",
                        String.class,
                        facts.stream().map(fact -> fact.at().toString()).toList())
                .execute());
    }

    /// @return how many there were, at most so many
    public int forget(Instant before, int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate(FORGET)
                .bind("before", before)
                .bind("limit", limit)
                .execute());
    }
}
