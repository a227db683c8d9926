package io.regulars.campaign.audience;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import org.jdbi.v3.core.Jdbi;

/// The time zones that customers of each shop were ever seen in: noted when the first customer of one is,
/// so that a day that is to come there is called.
@ApplicationScoped
public class Zones {

    /// Shops with a zone that none of their customers was in before. Fired in the transaction that notes it.
    public record Seen(Set<Integer> merchants) {}

    /// Where somebody lives.
    record InZone(int merchantId, String zone) {}

    private static final String NOTE = """
            insert into customer_zone (merchant_id, time_zone, first_seen_at)
            select distinct merchant_id, time_zone, :now::timestamptz
            from unnest(:merchants::int[], :zones::text[]) as z (merchant_id, time_zone)
            order by 1, 2
            on conflict (merchant_id, time_zone) do nothing
            returning merchant_id
            """;

    private static final String OF = """
            select time_zone, first_seen_at from customer_zone
            where merchant_id = :merchant order by first_seen_at limit :limit
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Event<Seen> seen;

    Zones(Jdbi jdbi, Clock clock, Event<Seen> seen) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.seen = seen;
    }

    /// In the caller's transaction.
    void note(List<InZone> people) {
        if (people.isEmpty()) {
            return;
        }
        Set<Integer> merchants = jdbi.withHandle(handle -> handle.createQuery(NOTE)
                .bind("now", clock.instant())
                .bindArray(
                        "merchants",
                        Integer.class,
                        people.stream().map(InZone::merchantId).toList())
                .bindArray(
                        "zones", String.class, people.stream().map(InZone::zone).toList())
                .mapTo(Integer.class)
                .set());
        if (!merchants.isEmpty()) {
            seen.fire(new Seen(merchants));
        }
    }

    /// Each with when it was first seen, the oldest first.
    public Map<String, Instant> of(int merchant, int limit) {
        return jdbi.withHandle(handle -> handle
                .createQuery(OF)
                .bind("merchant", merchant)
                .bind("limit", limit)
                .map((row, context) ->
                        Map.entry(row.getString(1), row.getTimestamp(2).toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
