package io.regulars.campaign.audience;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// The tags that campaigns give and take: kept apart from those of the profile, which customer-service owns,
/// and asked for as `campaignTags`.
@ApplicationScoped
public class CustomerTags {

    /// @param has whether the customer has the tag from now on
    public record Change(CustomerKey customer, String tag, boolean has) {}

    /// In one order, so that two who change the same tags do not wait for each other.
    private static final String ADD = """
            insert into customer_tag (merchant_id, customer_id, tag, tagged_at)
            select merchant_id, customer_id, tag, :now
            from unnest(:merchants::int[], :customers::bigint[], :tags::text[]) as r (merchant_id, customer_id, tag)
            order by merchant_id, customer_id, tag
            on conflict (merchant_id, customer_id, tag) do nothing
            """;

    private static final String REMOVE = """
            delete from customer_tag t
            using unnest(:merchants::int[], :customers::bigint[], :tags::text[]) as r (merchant_id, customer_id, tag)
            where t.merchant_id = r.merchant_id and t.customer_id = r.customer_id and t.tag = r.tag
            """;

    private static final String FORGET = """
            delete from customer_tag t
            using unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
            where t.merchant_id = k.merchant_id and t.customer_id = k.customer_id
            """;

    private final Jdbi jdbi;

    CustomerTags(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction.
    ///
    /// @param changes one for each customer and tag
    @Transactional(Transactional.TxType.MANDATORY)
    public void apply(List<Change> changes, Instant now) {
        List<Change> added = changes.stream().filter(Change::has).toList();
        List<Change> removed = changes.stream().filter(change -> !change.has()).toList();
        jdbi.useHandle(handle -> {
            if (!added.isEmpty()) {
                bound(handle.createUpdate(ADD).bind("now", now), added).execute();
            }
            if (!removed.isEmpty()) {
                bound(handle.createUpdate(REMOVE), removed).execute();
            }
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

    private static Update bound(Update update, List<Change> changes) {
        bind(
                update,
                "merchants",
                Integer.class,
                changes,
                change -> change.customer().merchantId());
        bind(
                update,
                "customers",
                Long.class,
                changes,
                change -> change.customer().customerId());
        bind(update, "tags", String.class, changes, Change::tag);
        return update;
    }

    private static <T> void bind(
            Update update, String name, Class<T> type, List<Change> changes, Function<Change, T> column) {
        update.bindArray(name, type, changes.stream().map(column).toList());
    }
}
