package io.regulars.campaign.trigger;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import org.jdbi.v3.core.Jdbi;

/// Forgets what was kept of people who are erased: their carts, their events, and what both told the campaigns.
@ApplicationScoped
public class Forgetting {

    private static final String ERASED = """
            unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
            where t.merchant_id = k.merchant_id and t.customer_id = k.customer_id
            """;

    private static final String CARTS = "delete from cart t using " + ERASED;

    /// The id stays, so that the event that is told again starts nothing.
    private static final String EVENTS = "update shop_event t set properties = '{}' from " + ERASED;

    private static final String FACTS = "delete from recent_fact t using " + ERASED;

    private static final String CONTEXTS = "update enrolment t set context = '{}' from " + ERASED;

    /// What other systems were told, and what they were to be told.
    private static final String CALLS = "delete from outgoing_webhook t using " + ERASED;

    private static final String PAST = "delete from occasion t using " + ERASED;

    private static final String SAMPLES = "delete from rehearsal_sample t using " + ERASED;

    private final Jdbi jdbi;

    Forgetting(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction.
    public void forget(List<CustomerKey> erased) {
        if (erased.isEmpty()) {
            return;
        }
        for (String sql : List.of(CARTS, EVENTS, FACTS, CONTEXTS, CALLS, PAST, SAMPLES)) {
            jdbi.useHandle(
                    handle -> CustomerKey.bind(handle.createUpdate(sql), erased).execute());
        }
    }
}
