package io.regulars.campaign.guardrail;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Keeps what is used of each budget: one row, locked by the transaction that claims messages which draw on it,
/// so that no two of them both find the last of it. Always in the order of the key, after the customers.
@ApplicationScoped
public class Budgets {

    private static final String LOCK = """
            select merchant_id, campaign_id, kind, per, most, period, used from budget
            where merchant_id = any(:merchants) and (campaign_id = 0 or campaign_id = any(:campaigns))
              and kind <> 'coupons'
            order by merchant_id, campaign_id, kind, per for update
            """;

    private static final String LOCK_CHARGED = """
            select from budget b
            join unnest(:merchants::int[], :campaigns::bigint[], :kinds::text[], :pers::text[])
                as k (merchant_id, campaign_id, kind, per)
              on b.merchant_id = k.merchant_id and b.campaign_id = k.campaign_id and b.kind = k.kind and b.per = k.per
            order by b.merchant_id, b.campaign_id, b.kind, b.per for update of b
            """;

    private static final String USE = """
            update budget b set period = k.period, used = k.used
            from unnest(:merchants::int[], :campaigns::bigint[], :kinds::text[], :pers::text[], :periods::date[],
                :amounts::bigint[]) as k (merchant_id, campaign_id, kind, per, period, used)
            where b.merchant_id = k.merchant_id and b.campaign_id = k.campaign_id and b.kind = k.kind and b.per = k.per
            """;

    /// What was taken in a period that is over is no matter any more.
    private static final String GIVE_BACK = """
            update budget b set used = greatest(0, b.used - k.amount)
            from unnest(:merchants::int[], :campaigns::bigint[], :kinds::text[], :pers::text[], :periods::date[],
                :amounts::bigint[]) as k (merchant_id, campaign_id, kind, per, period, amount)
            where b.merchant_id = k.merchant_id and b.campaign_id = k.campaign_id and b.kind = k.kind and b.per = k.per
              and b.period = k.period
            """;

    private static final String DEFINE = """
            insert into budget (merchant_id, campaign_id, kind, per, most)
            select :merchant, :campaign, kind, per, most
            from unnest(:kinds::text[], :pers::text[], :mosts::bigint[]) as k (kind, per, most)
            order by kind, per
            on conflict (merchant_id, campaign_id, kind, per) do update set most = excluded.most
            """;

    /// In the order in which claims take them.
    private static final String LOCK_OWN = """
            select from budget where merchant_id = :merchant and campaign_id = :campaign
            order by kind, per for update
            """;

    private static final String DROP = """
            delete from budget where merchant_id = :merchant and campaign_id = :campaign
              and (kind, per) not in (select * from unnest(:kinds::text[], :pers::text[]))
            """;

    /// What a worker has in its hands is decided by it, and looked at again.
    private static final String RELEASE = """
            update message m set due_at = :now
            from (select merchant_id, customer_id, id from message
              where merchant_id = :merchant and (:campaign = 0 or campaign_id = :campaign)
                and state = 'held' and due_at > :now and reason like 'budget:%'
              for update skip locked) k
            where m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
            """;

    /// Likewise who waits in a journey for room for a coupon.
    private static final String RELEASE_JOURNEYS = """
            update enrolment e set due_at = :now
            from (select merchant_id, customer_id, id from enrolment
              where merchant_id = :merchant and (:campaign = 0 or campaign_id = :campaign)
                and state = 'active' and reason is not null and reason like 'budget:%' and due_at > :now
              for update skip locked) k
            where e.merchant_id = k.merchant_id and e.customer_id = k.customer_id and e.id = k.id
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Notices notices;

    Budgets(Jdbi jdbi, Clock clock, Notices notices) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.notices = notices;
    }

    /// Those of the merchants and of these campaigns, until the caller's transaction ends.
    ///
    /// @param zone of a merchant
    @Transactional(Transactional.TxType.MANDATORY)
    public Purse lock(
            Collection<Integer> merchants, Collection<Long> campaigns, IntFunction<ZoneId> zone, Instant now) {
        return jdbi.withHandle(handle -> new Purse(
                handle.createQuery(LOCK)
                        .bindArray("merchants", Integer.class, List.copyOf(merchants))
                        .bindArray("campaigns", Long.class, List.copyOf(campaigns))
                        .map((row, context) -> new Purse.Row(
                                new Purse.Key(
                                        row.getInt("merchant_id"),
                                        row.getLong("campaign_id"),
                                        Budget.Kind.valueOf(
                                                row.getString("kind").toUpperCase(Locale.ROOT)),
                                        Budget.Per.valueOf(row.getString("per").toUpperCase(Locale.ROOT))),
                                row.getLong("most"),
                                row.getObject("period", LocalDate.class),
                                row.getLong("used"),
                                zone.apply(row.getInt("merchant_id"))))
                        .list(),
                now));
    }

    /// The budgets of a merchant and of one campaign, to reckon with: nobody is locked, and nothing is kept.
    ///
    /// @param untouched as if nothing had been used of them
    public Purse look(int merchant, long campaign, ZoneId zone, boolean untouched, Instant now) {
        return jdbi.withHandle(handle -> new Purse(
                handle.createQuery(LOCK.replace("for update", ""))
                        .bindArray("merchants", Integer.class, List.of(merchant))
                        .bindArray("campaigns", Long.class, List.of(campaign))
                        .map((row, context) -> new Purse.Row(
                                new Purse.Key(
                                        merchant,
                                        row.getLong("campaign_id"),
                                        Budget.Kind.valueOf(
                                                row.getString("kind").toUpperCase(Locale.ROOT)),
                                        Budget.Per.valueOf(row.getString("per").toUpperCase(Locale.ROOT))),
                                row.getLong("most"),
                                untouched ? LocalDate.EPOCH : row.getObject("period", LocalDate.class),
                                untouched ? 0 : row.getLong("used"),
                                zone))
                        .list(),
                now));
    }

    /// What was taken out of it, in the same transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    public void keep(Purse purse) {
        if (!purse.rows().isEmpty()) {
            write(
                    USE,
                    purse.rows().stream()
                            .map(row -> new Purse.Charge(row.key, row.period, row.used))
                            .toList());
        }
        purse.reached().stream()
                .collect(Collectors.toMap(
                        one -> one.campaign() + "/" + one.budget() + one.period(),
                        Function.identity(),
                        (one, same) -> one))
                .values()
                .forEach(one -> notices.say(
                        one.budget().merchant(),
                        one.campaign(),
                        "budget:%d:%s:%s:%s"
                                .formatted(
                                        one.budget().campaign(),
                                        BudgetJson.name(one.budget().kind()),
                                        BudgetJson.name(one.budget().per()),
                                        one.period()),
                        "budget",
                        one.reason()));
    }

    /// Of messages that surely did not go.
    @Transactional(Transactional.TxType.MANDATORY)
    public void giveBack(Collection<Purse.Charge> charges) {
        if (charges.isEmpty()) {
            return;
        }
        Map<String, Purse.Charge> sums = new TreeMap<>();
        charges.forEach(charge -> sums.merge(
                charge.budget() + "/" + charge.period(),
                charge,
                (one, other) -> new Purse.Charge(one.budget(), one.period(), one.amount() + other.amount())));
        List<Purse.Charge> rows = List.copyOf(sums.values());
        jdbi.useHandle(handle -> bindKeys(handle.createQuery(LOCK_CHARGED), rows)
                .map((row, context) -> true)
                .list());
        write(GIVE_BACK, rows);
    }

    /// As people have them now; what is used of them stays.
    ///
    /// @param campaign 0 for the merchant's own
    @Transactional(Transactional.TxType.MANDATORY)
    public void define(int merchant, long campaign, List<Budget> budgets) {
        jdbi.useHandle(handle -> {
            handle.createQuery(LOCK_OWN)
                    .bind("merchant", merchant)
                    .bind("campaign", campaign)
                    .map((row, context) -> true)
                    .list();
            int changed = bindDefined(handle.createUpdate(DROP), merchant, campaign, budgets)
                    .execute();
            changed += bindDefined(handle.createUpdate(DEFINE), merchant, campaign, budgets)
                    .bindArray(
                            "mosts",
                            Long.class,
                            budgets.stream().map(Budget::most).toList())
                    .execute();
            // a merchant without budgets has nothing held by one
            if (changed > 0) {
                for (String release : List.of(RELEASE, RELEASE_JOURNEYS)) {
                    handle.createUpdate(release)
                            .bind("merchant", merchant)
                            .bind("campaign", campaign)
                            .bind("now", clock.instant())
                            .execute();
                }
            }
        });
    }

    private static <S extends SqlStatement<S>> S bindDefined(
            S statement, int merchant, long campaign, List<Budget> budgets) {
        return statement
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .bindArray(
                        "kinds",
                        String.class,
                        budgets.stream().map(one -> BudgetJson.name(one.kind())).toList())
                .bindArray(
                        "pers",
                        String.class,
                        budgets.stream().map(one -> BudgetJson.name(one.per())).toList());
    }

    private void write(String sql, List<Purse.Charge> rows) {
        jdbi.useHandle(handle -> bindKeys(handle.createUpdate(sql), rows)
                .bindArray(
                        "periods",
                        String.class,
                        rows.stream().map(one -> one.period().toString()).toList())
                .bindArray(
                        "amounts",
                        Long.class,
                        rows.stream().map(Purse.Charge::amount).toList())
                .execute());
    }

    private static <S extends SqlStatement<S>> S bindKeys(S statement, List<Purse.Charge> rows) {
        return statement
                .bindArray(
                        "merchants",
                        Integer.class,
                        rows.stream().map(one -> one.budget().merchant()).toList())
                .bindArray(
                        "campaigns",
                        Long.class,
                        rows.stream().map(one -> one.budget().campaign()).toList())
                .bindArray(
                        "kinds",
                        String.class,
                        rows.stream()
                                .map(one -> BudgetJson.name(one.budget().kind()))
                                .toList())
                .bindArray(
                        "pers",
                        String.class,
                        rows.stream()
                                .map(one -> BudgetJson.name(one.budget().per()))
                                .toList());
    }
}
