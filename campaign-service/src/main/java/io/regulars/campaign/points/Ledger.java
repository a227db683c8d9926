package io.regulars.campaign.points;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Posts: every posting once by its reference, with an entry on either side, in the transaction that locks its
/// customers' balances. A balance is what is left of its lots, or less than nothing and then no lot has anything left.
@ApplicationScoped
class Ledger {

    private static final String MEET = """
            insert into point_balance (merchant_id, customer_id)
            select distinct * from unnest(:merchants::int[], :customers::bigint[]) as c (merchant_id, customer_id)
            order by 1, 2
            on conflict do nothing
            """;

    /// In the order of their keys, as everyone does.
    private static final String LOCK = """
            select b.merchant_id, b.customer_id, b.points from point_balance b
            where (b.merchant_id, b.customer_id) in (
              select * from unnest(:merchants::int[], :customers::bigint[]))
            order by b.merchant_id, b.customer_id for update
            """;

    private static final String POST = """
            insert into point_posting (merchant_id, customer_id, kind, reference, reason, at)
            select * from unnest(:merchants::int[], :customers::bigint[], :kinds::text[], :references::text[],
              :reasons::text[], :at::text[]::timestamptz[])
            on conflict (merchant_id, reference) do nothing
            returning merchant_id, reference
            """;

    /// Of what was posted just now: both entries, what is left of credits, and the balances.
    private static final String WRITE = """
            with posted as (
              select p.merchant_id, p.customer_id, p.id, n.account, n.change, n.expires_at
              from unnest(:merchants::int[], :references::text[], :accounts::text[], :changes::bigint[],
                  :expiries::text[]::timestamptz[]) as n (merchant_id, reference, account, change, expires_at)
              join point_posting p on p.merchant_id = n.merchant_id and p.reference = n.reference
            ), entered as (
              insert into point_entry (merchant_id, customer_id, posting_id, account, points)
              select merchant_id, customer_id, id, 'customer', change from posted
              union all
              select merchant_id, customer_id, id, account, -change from posted
            ), lots as (
              insert into point_lot (merchant_id, customer_id, posting_id, points_left, expires_at)
              select merchant_id, customer_id, id, change, expires_at from posted where change > 0
            )
            update point_balance b set points = b.points + s.change
            from (select merchant_id, customer_id, sum(change) as change from posted group by 1, 2) s
            where b.merchant_id = s.merchant_id and b.customer_id = s.customer_id
            """;

    /// The lots in the order in which they expire, each for what those before it do not cover; of those that fit.
    private static final String CONSUME = """
            update point_lot l set points_left = l.points_left - least(l.points_left, greatest(0, :points - o.before))
            from (
              select posting_id, sum(points_left) over (order by expires_at nulls last, posting_id) - points_left as before
              from point_lot
              where merchant_id = :merchant and customer_id = :customer and points_left > 0
                and (:lot::bigint is null or posting_id = :lot)) o
            where l.merchant_id = :merchant and l.customer_id = :customer and l.posting_id = o.posting_id
              and o.before < :points
            """;

    private static final String BALANCE =
            "select points from point_balance where merchant_id = :merchant and customer_id = :customer";

    private static final String IN_LOTS = """
            select coalesce(sum(points_left), 0) from point_lot
            where merchant_id = :merchant and customer_id = :customer
            """;

    private record Owner(int merchant, long customer) {
        <S extends SqlStatement<S>> S bind(S statement) {
            return statement.bind("merchant", merchant).bind("customer", customer);
        }
    }

    private final Jdbi jdbi;

    Ledger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// In the caller's transaction.
    ///
    /// @return the references of those that were not posted before
    @Transactional(Transactional.TxType.MANDATORY)
    Set<String> post(List<Posting> postings) {
        return jdbi.withHandle(handle -> {
            Set<Owner> inDebt = lock(handle, postings);
            List<Posting> sorted = postings.stream()
                    .sorted(Comparator.comparingInt(Posting::merchantId).thenComparing(Posting::reference))
                    .toList();
            Set<String> fresh = new HashSet<>(insert(handle, sorted));
            List<Posting> posted =
                    sorted.stream().filter(one -> fresh.contains(key(one))).toList();
            if (!posted.isEmpty()) {
                write(handle, posted);
                posted.stream()
                        .filter(one -> !one.kind().comes())
                        .forEach(one -> consume(handle, owner(one), one.points(), null));
                inDebt.forEach(owner -> settle(handle, owner));
            }
            return posted.stream().map(Posting::reference).collect(Collectors.toSet());
        });
    }

    /// Takes the balance's lock, and says what it is.
    @Transactional(Transactional.TxType.MANDATORY)
    long lock(int merchant, long customer) {
        var one = new Posting(merchant, customer, Posting.Kind.GRANTED, "", null, 1, null, null);
        return jdbi.withHandle(handle -> {
            lock(handle, List.of(one));
            return balance(handle, owner(one));
        });
    }

    /// What is left of one lot expires.
    @Transactional(Transactional.TxType.MANDATORY)
    void expire(Posting posting, long lot) {
        jdbi.useHandle(handle -> {
            if (!insert(handle, List.of(posting)).isEmpty()) {
                write(handle, List.of(posting));
                consume(handle, owner(posting), posting.points(), lot);
            }
        });
    }

    /// @return who owes points
    private static Set<Owner> lock(Handle handle, List<Posting> postings) {
        bind(handle.createUpdate(MEET), postings).execute();
        Set<Owner> inDebt = new HashSet<>();
        bind(handle.createQuery(LOCK), postings)
                .map((row, context) -> row.getLong("points") < 0
                        && inDebt.add(new Owner(row.getInt("merchant_id"), row.getLong("customer_id"))))
                .list();
        return inDebt;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, List<Posting> postings) {
        return statement
                .bindArray("merchants", Integer.class, column(postings, Posting::merchantId))
                .bindArray("customers", Long.class, column(postings, Posting::customerId));
    }

    private static String key(Posting posting) {
        return posting.merchantId() + " " + posting.reference();
    }

    private static List<String> insert(Handle handle, List<Posting> postings) {
        return bind(handle.createQuery(POST), postings)
                .bindArray(
                        "kinds",
                        String.class,
                        column(postings, one -> one.kind().key()))
                .bindArray("references", String.class, column(postings, Posting::reference))
                .bindArray("reasons", String.class, column(postings, Posting::reason))
                .bindArray("at", String.class, column(postings, one -> one.at().toString()))
                .map((row, context) -> row.getInt("merchant_id") + " " + row.getString("reference"))
                .list();
    }

    private static void write(Handle handle, List<Posting> postings) {
        handle.createUpdate(WRITE)
                .bindArray("merchants", Integer.class, column(postings, Posting::merchantId))
                .bindArray("references", String.class, column(postings, Posting::reference))
                .bindArray(
                        "accounts",
                        String.class,
                        column(postings, one -> one.kind().account()))
                .bindArray("changes", Long.class, column(postings, Posting::change))
                .bindArray(
                        "expiries",
                        String.class,
                        column(
                                postings,
                                one -> one.expiresAt() == null
                                        ? null
                                        : one.expiresAt().toString()))
                .execute();
    }

    /// @param lot alone, or null for those that expire first
    private static void consume(Handle handle, Owner owner, long points, Long lot) {
        owner.bind(handle.createUpdate(CONSUME))
                .bind("points", points)
                .bind("lot", lot)
                .execute();
    }

    /// Who owes points gives the new ones up first: what the lots hold over the balance is gone.
    private static void settle(Handle handle, Owner owner) {
        long inLots = owner.bind(handle.createQuery(IN_LOTS)).mapTo(Long.class).one();
        long over = inLots - Math.max(0, balance(handle, owner));
        if (over > 0) {
            consume(handle, owner, over, null);
        }
    }

    private static long balance(Handle handle, Owner owner) {
        return owner.bind(handle.createQuery(BALANCE)).mapTo(Long.class).one();
    }

    private static Owner owner(Posting posting) {
        return new Owner(posting.merchantId(), posting.customerId());
    }

    private static <T> List<T> column(List<Posting> postings, Function<Posting, T> column) {
        return postings.stream().map(column).toList();
    }
}
