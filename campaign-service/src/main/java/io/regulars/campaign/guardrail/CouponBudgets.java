package io.regulars.campaign.guardrail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Jdbi;

/// Budgets of what coupons may cost that are out. What is used of one grows with each code that a journey
/// issues, and is never less than what is out: codes that are used, void or over are taken out when it seems
/// full, by a count.
@ApplicationScoped
public class CouponBudgets {

    private static final String LOCK = """
            select merchant_id, campaign_id, most, used from budget
            where merchant_id = any(:merchants) and (campaign_id = 0 or campaign_id = any(:campaigns))
              and kind = 'coupons' and per = 'all'
            order by merchant_id, campaign_id for update
            """;

    private final Jdbi jdbi;
    private final Budgets budgets;

    CouponBudgets(Jdbi jdbi, Budgets budgets) {
        this.jdbi = jdbi;
        this.budgets = budgets;
    }

    /// Those of the merchants and of these campaigns, until the caller's transaction ends; before any coupon is
    /// locked, and once in a transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    public Purse lock(Collection<Integer> merchants, Collection<Long> campaigns, Instant now) {
        return jdbi.withHandle(handle -> new Purse(
                handle.createQuery(LOCK)
                        .bindArray("merchants", Integer.class, List.copyOf(merchants))
                        .bindArray("campaigns", Long.class, List.copyOf(campaigns))
                        .map((row, context) -> new Purse.Row(
                                new Purse.Key(
                                        row.getInt("merchant_id"),
                                        row.getLong("campaign_id"),
                                        Budget.Kind.COUPONS,
                                        Budget.Per.ALL),
                                row.getLong("most"),
                                LocalDate.EPOCH,
                                row.getLong("used"),
                                ZoneOffset.UTC))
                        .list(),
                now));
    }

    /// What was taken out of it, in the same transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    public void keep(Purse purse) {
        budgets.keep(purse);
    }
}
