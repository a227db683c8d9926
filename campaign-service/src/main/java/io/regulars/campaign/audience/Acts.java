package io.regulars.campaign.audience;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.InteractionRecorded;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// Keeps what customers did besides buying, a narrow row for each fact, for conditions on it.
@ApplicationScoped
public class Acts {

    /// In the order of the key. A fact never changes.
    private static final String APPLY = """
            insert into act (merchant_id, customer_id, interaction_id, kind, at)
            select * from unnest(:merchants::int[], :customers::bigint[], :ids::bigint[], :kinds::text[],
              :ats::timestamptz[])
            order by 1, 2, 3
            on conflict on constraint act_pkey do nothing
            """;

    private static final String FORGET = """
            delete from act t
            using unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
            where t.merchant_id = k.merchant_id and t.customer_id = k.customer_id
            """;

    private final Jdbi jdbi;

    Acts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction.
    public void apply(List<InteractionRecorded> facts) {
        jdbi.useHandle(handle -> {
            Update apply = handle.createUpdate(APPLY);
            bind(apply, "merchants", Integer.class, facts, InteractionRecorded::merchantId);
            bind(apply, "customers", Long.class, facts, InteractionRecorded::customerId);
            bind(apply, "ids", Long.class, facts, InteractionRecorded::interactionId);
            bind(apply, "kinds", String.class, facts, InteractionRecorded::kind);
            bind(apply, "ats", String.class, facts, fact -> fact.at().toString());
            apply.execute();
        });
    }

    /// Of people who asked to be erased nothing stays.
    public void forget(Collection<CustomerKey> customers) {
        if (customers.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle ->
                CustomerKey.bind(handle.createUpdate(FORGET), customers).execute());
    }

    private static <T> void bind(
            Update update,
            String name,
            Class<T> type,
            List<InteractionRecorded> facts,
            Function<InteractionRecorded, T> column) {
        update.bindArray(name, type, facts.stream().map(column).toList());
    }
}
