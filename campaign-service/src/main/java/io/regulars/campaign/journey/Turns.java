package io.regulars.campaign.journey;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import org.jdbi.v3.core.Jdbi;

/// Has those who enrol a customer into a journey that waits for orders or facts, and those who tell one of the
/// customer, come one after the other. Neither sees what the other has not committed: it would be told to
/// nobody, and the journey would hear of it only when its wait is over, or never.
///
/// The customers of a shop share a few turns, so that a chunk of a broadcast holds no lock for each of
/// hundreds.
@ApplicationScoped
class Turns {

    private static final int OF_A_SHOP = 64;

    /// In the order of the locks, so that two never wait for each other.
    private static final String TAKE = """
            select pg_advisory_xact_lock(t.lock) from (
              select distinct hashtextextended('turn ' || merchant_id || '/' || mod(customer_id, :turns), 0) as lock
              from unnest(:merchants::int[], :customers::bigint[]) as c (merchant_id, customer_id)
              order by 1) t
            """;

    private final Jdbi jdbi;

    Turns(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Held until the caller's transaction ends.
    void take(Collection<CustomerKey> customers) {
        if (customers.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> CustomerKey.bind(handle.createQuery(TAKE), List.copyOf(customers))
                .bind("turns", OF_A_SHOP)
                .map((row, context) -> true)
                .list());
    }
}
