package io.regulars.campaign.journey;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Happening;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// Looks up what happened already.
@ApplicationScoped
class Happened {

    private static final String KEYS = """
            unnest(:merchants::int[], :customers::bigint[], :ids::bigint[], :sinces::timestamptz[])
              as k (merchant_id, customer_id, id, since)
            """;

    /// Placed after that, and a purchase now.
    private static final String ORDERED = "select k.id, h.at from " + KEYS + """
            cross join lateral (select min(o.placed_at) as at from purchase_order o
              where o.merchant_id = k.merchant_id and o.customer_id = k.customer_id and o.placed_at > k.since
                and o.kept is not null
                and (cardinality(:subjects::text[]) = 0 or exists (select from purchase p
                  where p.merchant_id = o.merchant_id and p.customer_id = o.customer_id and p.order_id = o.order_id
                    and ('p:' || p.product_code = any(:subjects) or 'c:' || p.category = any(:subjects))))) h
            where h.at is not null
            """;

    /// A message's state and a letter's first reading say it. When is not asked where the wait began with the
    /// enrolment, since its messages are all younger.
    private static final String ENGAGED = "select k.id, h.at from " + KEYS + """
            cross join lateral (select min(case when m.state = any(:subjects) and m.updated_at > k.since
                then m.updated_at else i.read_at end) as at from message m
              left join inbox_message i on i.merchant_id = m.merchant_id and i.message_id = m.id
              where m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.enrolment_id = k.id
                and (m.state = any(:subjects) and m.updated_at > k.since or :opened and i.read_at > k.since)) h
            where h.at is not null
            """;

    /// Told before the enrolment could hear it.
    private static final String RECENT = "select k.id, f.at from " + KEYS + """
            cross join lateral (select r.at from recent_fact r
              where r.merchant_id = k.merchant_id and r.customer_id = k.customer_id and r.key = :key
                and r.at > k.since limit 1) f
            """;

    /// The other events are kept with the enrolments that listen for them, and their last in `recent_fact`.
    private static final Set<String> KEPT = Set.of(Happening.ORDER, Happening.OPENED, Happening.CLICKED);

    private final Jdbi jdbi;

    Happened(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Those for whom it happened, and when.
    ///
    /// @param awaited of one step: they differ in `since` alone
    Map<Enrolment, Instant> among(Map<Enrolment, Awaited> awaited) {
        List<Enrolment> asked = new ArrayList<>(awaited.keySet());
        Awaited any = awaited.values().iterator().next();
        boolean kept = KEPT.contains(any.key());
        Map<Long, Instant> happened = new HashMap<>();
        jdbi.useHandle(handle -> {
            Query query = handle.createQuery(!kept ? RECENT : Happening.ORDER.equals(any.key()) ? ORDERED : ENGAGED)
                    .bindArray(
                            "merchants",
                            Integer.class,
                            asked.stream().map(one -> one.key.merchantId()).toList())
                    .bindArray(
                            "customers",
                            Long.class,
                            asked.stream().map(one -> one.key.customerId()).toList())
                    .bindArray(
                            "ids",
                            Long.class,
                            asked.stream().map(one -> one.key.id()).toList())
                    .bindArray(
                            "sinces",
                            String.class,
                            asked.stream().map(one -> awaited.get(one).since()).toList());
            List<String> subjects = switch (any.key()) {
                case Happening.ORDER -> any.subjects();
                case Happening.OPENED -> List.of("opened", "clicked");
                default -> List.of("clicked");
            };
            if (!kept) {
                query.bind("key", any.key());
            } else {
                query.bindArray("subjects", String.class, subjects);
            }
            if (kept && !Happening.ORDER.equals(any.key())) {
                query.bind("opened", Happening.OPENED.equals(any.key()));
            }
            query.map((row, context) ->
                            happened.put(row.getLong(1), row.getTimestamp(2).toInstant()))
                    .list();
        });
        Map<Enrolment, Instant> when = new HashMap<>();
        for (Enrolment one : asked) {
            Instant at = heard(one, awaited.get(one)).orElse(happened.get(one.key.id()));
            if (at != null) {
                when.put(one, at);
            }
        }
        return when;
    }

    private static Optional<Instant> heard(Enrolment enrolment, Awaited awaited) {
        return Optional.ofNullable(enrolment.heard.get(awaited.key()))
                .map(OffsetDateTime::toInstant)
                .filter(last -> last.isAfter(Instant.parse(awaited.since())));
    }
}
