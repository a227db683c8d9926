package io.regulars.campaign.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Reentry;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// Refuses those who were in a campaign and are not to enter it again, or not yet: before they are written, with the
/// reason in their row. Two replicas that enrol one customer for two causes come one after the other.
@ApplicationScoped
class Reentries {

    private record Key(int merchantId, long campaignId, long customerId) {

        static Key of(Enrolment one) {
            return new Key(one.key.merchantId(), one.campaign.campaignId(), one.key.customerId());
        }
    }

    /// How a customer was in it last.
    record Last(String occurrence, Instant at) {}

    /// In the order of the locks, so that two never wait for each other.
    private static final String ONE_AT_A_TIME = """
            select pg_advisory_xact_lock(k.lock)
            from (select distinct hashtextextended(merchant_id || '/' || campaign_id || '/' || customer_id, 8) as lock
              from unnest(:merchants::int[], :campaigns::bigint[], :customers::bigint[])
                as e (merchant_id, campaign_id, customer_id)
              order by 1) k
            """;

    /// Who was refused was not in it.
    private static final String LAST = """
            select k.merchant_id, k.campaign_id, k.customer_id, l.occurrence, l.enrolled_at
            from (select distinct merchant_id, campaign_id, customer_id
              from unnest(:merchants::int[], :campaigns::bigint[], :customers::bigint[])
                as e (merchant_id, campaign_id, customer_id)) k
            cross join lateral (
              select e.occurrence, e.enrolled_at from enrolment e
              where e.merchant_id = k.merchant_id and e.campaign_id = k.campaign_id and e.customer_id = k.customer_id
                and e.state <> 'refused'
              order by e.enrolled_at desc limit 1) l
            """;

    private final Jdbi jdbi;

    Reentries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction, which is to write all of them.
    ///
    /// @param plans of the enrolments
    void heed(List<Enrolment> entering, Map<Plan.Key, Plan> plans) {
        List<Enrolment> ruled = entering.stream()
                .filter(one -> !(plans.get(one.campaign).definition().reentry() instanceof Reentry.EachOccurrence))
                .toList();
        if (ruled.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> bind(handle.createQuery(ONE_AT_A_TIME), ruled)
                .map((row, context) -> true)
                .list());
        decide(ruled, plans, last(ruled));
    }

    /// The same for those whom nobody will write: of now.
    void suppose(List<Enrolment> entering, Map<Plan.Key, Plan> plans) {
        if (!entering.isEmpty()) {
            decide(entering, plans, last(entering));
        }
    }

    private static void decide(List<Enrolment> ruled, Map<Plan.Key, Plan> plans, Map<Key, Last> last) {
        for (Enrolment one : ruled) {
            Key key = Key.of(one);
            Optional<String> refusal = refusal(
                    plans.get(one.campaign).definition().reentry(), last.get(key), one.occurrence, one.enrolledAt);
            if (refusal.isPresent()) {
                one.leave(refusal.get());
            } else {
                last.put(key, new Last(one.occurrence, one.enrolledAt));
            }
        }
    }

    /// A cause that is told again is no other one: it is not written twice anyhow.
    static Optional<String> refusal(Reentry rule, Last last, String occurrence, Instant now) {
        if (last == null || last.occurrence().equals(occurrence)) {
            return Optional.empty();
        }
        return switch (rule) {
            case Reentry.EachOccurrence _ -> Optional.empty();
            case Reentry.Once _ ->
                Optional.of("re-entry: the customer was in it at %s for %s, and enters it once"
                        .formatted(last.at(), last.occurrence()));
            case Reentry.After(Duration pause) ->
                last.at().plus(pause).isAfter(now)
                        ? Optional.of("re-entry: the customer was in it at %s for %s, and enters it again from %s on"
                                .formatted(
                                        last.at(), last.occurrence(), last.at().plus(pause)))
                        : Optional.empty();
        };
    }

    private Map<Key, Last> last(List<Enrolment> ruled) {
        Map<Key, Last> last = new HashMap<>();
        jdbi.useHandle(handle -> bind(handle.createQuery(LAST), ruled)
                .map((row, context) -> last.put(
                        new Key(row.getInt(1), row.getLong(2), row.getLong(3)),
                        new Last(row.getString(4), row.getTimestamp(5).toInstant())))
                .list());
        return last;
    }

    private static Query bind(Query query, Collection<Enrolment> of) {
        return query.bindArray(
                        "merchants",
                        Integer.class,
                        of.stream().map(one -> one.key.merchantId()).toList())
                .bindArray(
                        "campaigns",
                        Long.class,
                        of.stream().map(one -> one.campaign.campaignId()).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        of.stream().map(one -> one.key.customerId()).toList());
    }
}
