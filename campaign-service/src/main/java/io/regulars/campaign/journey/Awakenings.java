package io.regulars.campaign.journey;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Engaged;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.events.OrderChanged;
import org.jdbi.v3.core.Jdbi;

/// Wakes those whose journey waits for what happens, in the transaction that keeps it and over an index of
/// those who can wait for anything at all.
///
/// First all of these are locked, then those who wait are led on: a customer whom a worker leads to the
/// wait in this moment does not see the event, which is not committed, and would not be seen waiting, which
/// is not either. One of the two has to wait for the other. Whoever enrols a customer in this moment takes
/// turns with who tells a fact, see [Turns]; a fact that was told before that is found where it was kept.
///
/// Who is led on has been due since it happened: from then on a wait that comes next counts.
@ApplicationScoped
public class Awakenings {

    /// Something that no table here keeps: an event of the shop's own, an interaction.
    ///
    /// @param key see [Happening#key]
    public record Fact(int merchantId, long customerId, String key, Instant at) {

        public CustomerKey customer() {
            return new CustomerKey(merchantId, customerId);
        }
    }

    private static final String LOCK = """
            select e.id from enrolment e
            where (e.merchant_id, e.customer_id) in (select * from unnest(:merchants::int[], :customers::bigint[]))
              and e.listens is not null and e.due_at is not null
            order by e.merchant_id, e.customer_id, e.id
            for no key update of e
            """;

    private static final String ORDERED = """
            update enrolment e set step = e.step + 1, awaits = null, due_at = least(o.placed_at, :now), updated_at = :now
            from unnest(:merchants::int[], :customers::bigint[], :orders::bigint[]) as k (merchant_id, customer_id, order_id)
            join purchase_order o
              on o.merchant_id = k.merchant_id and o.customer_id = k.customer_id and o.order_id = k.order_id
            where e.merchant_id = k.merchant_id and e.customer_id = k.customer_id
              and e.listens is not null and e.due_at is not null and not e.parked
              and e.awaits ->> 'key' = 'order' and o.kept is not null
              and o.placed_at > (e.awaits ->> 'since')::timestamptz
              and (jsonb_array_length(e.awaits -> 'subjects') = 0 or exists (select from purchase p
                where p.merchant_id = o.merchant_id and p.customer_id = o.customer_id and p.order_id = o.order_id
                  and (jsonb_exists(e.awaits -> 'subjects', 'p:' || p.product_code)
                    or jsonb_exists(e.awaits -> 'subjects', 'c:' || p.category))))
            """;

    /// Who clicks has opened.
    private static final String ENGAGED = """
            update enrolment e set step = e.step + 1, awaits = null, due_at = :now, updated_at = :now
            from message m
            where m.merchant_id = :merchant and m.customer_id = :customer and m.id = any(:messages)
              and e.merchant_id = m.merchant_id and e.customer_id = m.customer_id and e.id = m.enrolment_id
              and e.listens is not null and e.due_at is not null and not e.parked
              and (e.awaits ->> 'key' = 'message-opened' or :clicked and e.awaits ->> 'key' = 'message-clicked')
            """;

    /// What is older than what was heard is no news. Kept with those who listen for it, for a wait that comes
    /// later.
    private static final String TOLD = """
            update enrolment e set heard = e.heard || n.news, updated_at = :now,
              step = case when n.awaited is null then e.step else e.step + 1 end,
              awaits = case when n.awaited is null then e.awaits end,
              due_at = case when n.awaited is null then e.due_at else least(n.awaited, :now) end
            from (
              select l.merchant_id, l.customer_id, l.id, jsonb_object_agg(k.key, k.at) as news,
                min(k.at) filter (where l.awaits ->> 'key' = k.key and k.at > (l.awaits ->> 'since')::timestamptz)
                  as awaited
              from (
                select merchant_id, customer_id, key, max(at) as at
                from unnest(:merchants::int[], :customers::bigint[], :keys::text[], :instants::timestamptz[])
                  as f (merchant_id, customer_id, key, at)
                group by merchant_id, customer_id, key) k
              join enrolment l on l.merchant_id = k.merchant_id and l.customer_id = k.customer_id
                and l.listens is not null and l.due_at is not null and jsonb_exists(l.listens, k.key)
                and k.at > coalesce((l.heard ->> k.key)::timestamptz, '-infinity')
              group by l.merchant_id, l.customer_id, l.id) n
            where e.merchant_id = n.merchant_id and e.customer_id = n.customer_id and e.id = n.id
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final Journeys journeys;
    private final Turns turns;
    private final RecentFacts recent;

    Awakenings(Jdbi jdbi, Clock clock, AfterCommit afterCommit, Journeys journeys, Turns turns, RecentFacts recent) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.afterCommit = afterCommit;
        this.journeys = journeys;
        this.turns = turns;
        this.recent = recent;
    }

    /// In the caller's transaction, when the orders are applied.
    @Transactional(Transactional.TxType.MANDATORY)
    public void ordered(List<OrderChanged> orders) {
        List<OrderChanged> counting =
                orders.stream().filter(order -> order.status().counts()).toList();
        if (counting.isEmpty()) {
            return;
        }
        List<Integer> merchants =
                counting.stream().map(OrderChanged::merchantId).toList();
        List<Long> customers = counting.stream().map(OrderChanged::customerId).toList();
        if (!lock(merchants, customers)) {
            return;
        }
        int woken = jdbi.withHandle(handle -> handle.createUpdate(ORDERED)
                .bindArray("merchants", Integer.class, merchants)
                .bindArray("customers", Long.class, customers)
                .bindArray(
                        "orders",
                        Long.class,
                        counting.stream().map(OrderChanged::orderId).toList())
                .bind("now", clock.instant())
                .execute());
        wake(woken);
    }

    /// Before the transaction that takes orders or facts does anything else: whoever waits for its turn holds
    /// nothing that others wait for.
    ///
    /// @param customers of whom something is told
    /// @param active the campaigns that may enrol, by merchant
    @Transactional(Transactional.TxType.MANDATORY)
    public void begin(List<CustomerKey> customers, Map<Integer, List<Plan>> active) {
        turns.take(customers.stream()
                .filter(customer -> active.getOrDefault(customer.merchantId(), List.of()).stream()
                        .anyMatch(Plan::waitsForNews))
                .toList());
    }

    /// In the transaction that takes them; a fact that comes again changes nothing.
    @Transactional(Transactional.TxType.MANDATORY)
    public void told(List<Fact> facts, Map<Integer, List<Plan>> active) {
        recent.keep(facts.stream()
                .filter(fact -> active.getOrDefault(fact.merchantId(), List.of()).stream()
                        .anyMatch(plan -> plan.listensFor().contains(fact.key())))
                .toList());
        List<Integer> merchants = facts.stream().map(Fact::merchantId).toList();
        List<Long> customers = facts.stream().map(Fact::customerId).toList();
        if (facts.isEmpty() || !lock(merchants, customers)) {
            return;
        }
        int woken = jdbi.withHandle(handle -> handle.createUpdate(TOLD)
                .bindArray("merchants", Integer.class, merchants)
                .bindArray("customers", Long.class, customers)
                .bindArray("keys", String.class, facts.stream().map(Fact::key).toList())
                .bindArray(
                        "instants",
                        String.class,
                        facts.stream().map(fact -> fact.at().toString()).toList())
                .bind("now", clock.instant())
                .execute());
        wake(woken);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void engaged(@Observes Engaged engaged) {
        if (!lock(List.of(engaged.merchantId()), List.of(engaged.customerId()))) {
            return;
        }
        int woken = jdbi.withHandle(handle -> handle.createUpdate(ENGAGED)
                .bind("merchant", engaged.merchantId())
                .bind("customer", engaged.customerId())
                .bindArray("messages", Long.class, engaged.messages())
                .bind("clicked", engaged.clicked())
                .bind("now", clock.instant())
                .execute());
        wake(woken);
    }

    private boolean lock(List<Integer> merchants, List<Long> customers) {
        Set<Long> locked = jdbi.withHandle(handle -> handle.createQuery(LOCK)
                .bindArray("merchants", Integer.class, merchants)
                .bindArray("customers", Long.class, customers)
                .mapTo(Long.class)
                .set());
        return !locked.isEmpty();
    }

    private void wake(int woken) {
        if (woken > 0) {
            afterCommit.run(journeys::wake);
        }
    }
}
