package io.regulars.campaign.journey;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    private static final String ORDERED = "select k.id from " + KEYS + """
            where exists (select from purchase_order o
              where o.merchant_id = k.merchant_id and o.customer_id = k.customer_id and o.placed_at > k.since
                and o.kept is not null
                and (cardinality(:subjects::text[]) = 0 or exists (select from purchase p
                  where p.merchant_id = o.merchant_id and p.customer_id = o.customer_id and p.order_id = o.order_id
                    and ('p:' || p.product_code = any(:subjects) or 'c:' || p.category = any(:subjects)))))
            """;

    /// A message's state and a letter's first reading say it. When is not asked where the wait began with the
    /// enrolment, since its messages are all younger.
    private static final String ENGAGED = "select k.id from " + KEYS + """
            where exists (select from message m
              left join inbox_message i on i.merchant_id = m.merchant_id and i.message_id = m.id
              where m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.enrolment_id = k.id
                and (m.state = any(:subjects) and m.updated_at > k.since or :opened and i.read_at > k.since))
            """;

    /// The other events are kept with the enrolments that listen for them.
    private static final Set<String> KEPT = Set.of(Happening.ORDER, Happening.OPENED, Happening.CLICKED);

    private final Jdbi jdbi;

    Happened(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @param awaited of one step: they differ in `since` alone
    Collection<Enrolment> among(Map<Enrolment, Awaited> awaited) {
        List<Enrolment> asked = new ArrayList<>(awaited.keySet());
        Awaited any = awaited.values().iterator().next();
        if (!KEPT.contains(any.key())) {
            return asked.stream().filter(one -> heard(one, awaited.get(one))).toList();
        }
        Set<Long> happened = jdbi.withHandle(handle -> {
            Query query = handle.createQuery(Happening.ORDER.equals(any.key()) ? ORDERED : ENGAGED)
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
            query.bindArray("subjects", String.class, subjects);
            if (!Happening.ORDER.equals(any.key())) {
                query.bind("opened", Happening.OPENED.equals(any.key()));
            }
            return query.mapTo(Long.class).set();
        });
        return asked.stream().filter(one -> happened.contains(one.key.id())).toList();
    }

    private static boolean heard(Enrolment enrolment, Awaited awaited) {
        OffsetDateTime last = enrolment.heard.get(awaited.key());
        return last != null && last.toInstant().isAfter(Instant.parse(awaited.since()));
    }
}
