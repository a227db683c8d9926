package io.regulars.campaign.journey;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Engaged;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.events.OrderChanged;
import org.jdbi.v3.core.Jdbi;

/// Wakes those whose journey waits for what happens, in the transaction that keeps it and over an index of
/// those who can wait for anything at all.
///
/// First all of these are locked, then those who wait are led on: a customer whom a worker leads to the wait in
/// this moment does not see the event, which is not committed, and would not be seen waiting, which is not
/// either. One of the two has to wait for the other.
@ApplicationScoped
public class Awakenings {

    private static final String LOCK = """
            select e.id from enrolment e
            where (e.merchant_id, e.customer_id) in (select * from unnest(:merchants::int[], :customers::bigint[]))
              and e.listens and e.due_at is not null and not e.parked
            order by e.merchant_id, e.customer_id, e.id
            for no key update of e
            """;

    private static final String ORDERED = """
            update enrolment e set step = e.step + 1, awaits = null, due_at = :now, updated_at = :now
            from unnest(:merchants::int[], :customers::bigint[], :orders::bigint[]) as k (merchant_id, customer_id, order_id)
            join purchase_order o
              on o.merchant_id = k.merchant_id and o.customer_id = k.customer_id and o.order_id = k.order_id
            where e.merchant_id = k.merchant_id and e.customer_id = k.customer_id
              and e.listens and e.due_at is not null and not e.parked
              and e.awaits ->> 'type' = 'order' and o.kept is not null
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
              and e.listens and e.due_at is not null and not e.parked
              and (e.awaits ->> 'type' = 'message-opened' or :clicked and e.awaits ->> 'type' = 'message-clicked')
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final Journeys journeys;

    Awakenings(Jdbi jdbi, Clock clock, AfterCommit afterCommit, Journeys journeys) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.afterCommit = afterCommit;
        this.journeys = journeys;
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
