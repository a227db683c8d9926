package io.regulars.campaign.audience;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.ConditionSql.Aim;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Asks the copy which customers a condition picks.
@ApplicationScoped
public class Audiences {

    /// How many, and how many of them each channel may reach.
    public record Count(long customers, long email, long sms, long inbox) {}

    /// One part of a condition, and whether it holds for a customer.
    public record Checked(Condition.Leaf leaf, boolean holds) {}

    private static final String COUNT = """
            select count(*) as customers,
              count(*) filter (where a.reach & 1 > 0) as email,
              count(*) filter (where a.reach & 2 > 0) as sms,
              count(*) filter (where a.reach & 4 > 0) as inbox
            from audience a
            where a.merchant_id = :merchant and a.profile_version > 0 and not a.erased and\s""";

    /// The whole of an index is read nearly in order: by the server's own reckoning that costs more than the table,
    /// which is three times as long.
    private static final String BY_INDEX = "set local random_page_cost = 2";

    private static final String AS_BEFORE = "set local random_page_cost to default";

    /// In an order that looks random and stays the same, so that the sample is not the oldest customers. The `+ 0`
    /// keeps the planner from the index in that order, which it would read to the end where a condition picks few.
    /// Wide rows are read of none but those picked.
    private static final String SAMPLE = "select " + Customers.COLUMNS + """
            from (select a.customer_id from audience a
              where a.merchant_id = :merchant and a.profile_version > 0 and not a.erased and %s
              order by hashint8extended(a.customer_id, 17) + 0 limit :limit) picked
            join audience a on a.merchant_id = :merchant and a.customer_id = picked.customer_id
            order by hashint8extended(a.customer_id, 17)
            """;

    /// The same of the first customers in that order: enough of them, where the condition picks one in some hundred.
    private static final String FIRST = "select " + Customers.COLUMNS + """
            from (select * from audience
              where merchant_id = :merchant
              order by hashint8extended(customer_id, 17) limit :looked) a
            where a.profile_version > 0 and not a.erased and %s
            order by hashint8extended(a.customer_id, 17) limit :limit
            """;

    private static final int LOOKED = 2_000;
    private static final int LOOKED_FOR_EACH = 20;

    private static final String AMONG = """
            select a.customer_id from audience a
            where a.merchant_id = :merchant and a.customer_id = any(:customers) and a.profile_version > 0 and\s""";

    private static final String AFTER = "select " + Customers.COLUMNS + """
            from audience a
            where a.merchant_id = :merchant and a.customer_id > :after and a.profile_version > 0 and not a.erased and %s
            order by a.customer_id limit :limit
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;
    private final Customers customers;
    private final Segments segments;

    Audiences(Jdbi jdbi, Clock clock, Shops shops, Customers customers, Segments segments) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
        this.customers = customers;
        this.segments = segments;
    }

    @Transactional
    public Count count(int merchant, Condition condition) {
        var where = compile(merchant, condition, Aim.SHOP);
        return byIndex(handle -> where.bind(handle.createQuery(COUNT + where.sql()))
                .bind("merchant", merchant)
                .map((row, context) -> new Count(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .one());
    }

    /// A condition that picks many is answered by the first customers there are, and one that picks few by its
    /// indexes; both name the same.
    @Transactional
    public List<Customer> sample(int merchant, Condition condition, int limit) {
        Condition resolved = segments.resolve(merchant, condition);
        Shop shop = shops.find(merchant);
        var some = ConditionSql.of(resolved, shop, clock.instant(), Aim.SOME);
        List<Customer> first = jdbi.withHandle(handle -> some.bind(handle.createQuery(FIRST.formatted(some.sql())))
                .bind("merchant", merchant)
                .bind("looked", Math.max(LOOKED, LOOKED_FOR_EACH * limit))
                .bind("limit", limit)
                .map((row, context) -> customers.customer(row))
                .list());
        if (first.size() == limit) {
            return first;
        }
        var where = ConditionSql.of(resolved, shop, clock.instant(), Aim.SHOP);
        return byIndex(handle -> where.bind(handle.createQuery(SAMPLE.formatted(where.sql())))
                .bind("merchant", merchant)
                .bind("limit", limit)
                .map((row, context) -> customers.customer(row))
                .list());
    }

    /// Those of the customers whom the condition picks.
    public Set<Long> among(int merchant, Condition condition, Collection<Long> of) {
        var where = compile(merchant, condition, Aim.SOME);
        return jdbi.withHandle(handle -> where.bind(handle.createQuery(AMONG + where.sql()))
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(of))
                .mapTo(Long.class)
                .set());
    }

    /// The next of those whom the condition picks, in the order of their ids.
    public List<Customer> after(int merchant, Condition condition, long after, int limit) {
        var where = compile(merchant, condition, Aim.SOME);
        return jdbi.withHandle(handle -> where.bind(handle.createQuery(AFTER.formatted(where.sql())))
                .bind("merchant", merchant)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> customers.customer(row))
                .list());
    }

    /// Each part of the condition by itself, for one customer.
    public List<Checked> explain(int merchant, Condition condition, long customer) {
        return condition
                .leaves()
                .map(leaf -> new Checked(
                        leaf, !among(merchant, leaf, List.of(customer)).isEmpty()))
                .toList();
    }

    private <T> T byIndex(Function<Handle, T> query) {
        return jdbi.withHandle(handle -> {
            handle.execute(BY_INDEX);
            T answer = query.apply(handle);
            handle.execute(AS_BEFORE);
            return answer;
        });
    }

    private ConditionSql compile(int merchant, Condition condition, Aim aim) {
        return ConditionSql.of(segments.resolve(merchant, condition), shops.find(merchant), clock.instant(), aim);
    }
}
