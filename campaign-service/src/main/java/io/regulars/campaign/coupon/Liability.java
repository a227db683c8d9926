package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// What a shop owes by the codes that are out.
@ApplicationScoped
class Liability {

    private static final Duration SOON = Duration.ofDays(7);
    private static final int MOST_COUPONS = 1_000;

    /// A code that is reserved is still owed. Of what percents and shipping are worth the orders so far tell
    /// the mean.
    private static final String COUNT = """
            with counted as (
              select coupon_id,
                count(*) filter (where state in ('issued', 'reserved') and (valid_until is null or valid_until > :now))
                  as outstanding,
                count(*) filter (where state in ('issued', 'reserved') and valid_until > :now and valid_until <= :soon)
                  as ending,
                count(*) filter (where state in ('issued', 'reserved') and valid_until <= :now) as expired,
                count(*) filter (where state = 'redeemed') as redeemed,
                count(*) filter (where state = 'voided') as voided,
                coalesce(sum(discount) filter (where state = 'redeemed'), 0) as given,
                avg(discount) filter (where state = 'redeemed') as mean
              from coupon_code where merchant_id = :merchant group by coupon_id)
            select c.id, c.name, c.kind, c.codes, c.issued, k.*,
              coalesce(c.amount_off::numeric, k.mean) as each, c.amount_off is not null as exact,
              (select count(*) from coupon_pool p where p.merchant_id = c.merchant_id and p.coupon_id = c.id) as in_pool
            from coupon c left join counted k on k.coupon_id = c.id
            where c.merchant_id = :merchant order by c.id limit :most
            """;

    /// What one code of `coupon c` is worth: a fixed amount, or the mean of those that were used so far.
    private static final String EACH = """
            coalesce(c.amount_off::numeric, (select avg(r.discount) from coupon_code r
              where r.merchant_id = c.merchant_id and r.coupon_id = c.id and r.state = 'redeemed'))""";

    private static final String WORTH =
            "select " + EACH + " as each from coupon c where c.merchant_id = :merchant and c.id = :coupon";

    private static final String OUT = """
            select k.coupon_id, k.campaign_id, count(*) as codes from coupon_code k
            where k.merchant_id = :merchant and k.state in ('issued', 'reserved')
              and (k.valid_until is null or k.valid_until > :now)
            """;

    private static final String OUTSTANDING = "select coalesce(sum(k.codes * " + EACH + "), 0) from (" + OUT + """
              and (:campaign = 0 or k.campaign_id = :campaign)
            group by 1, 2) k
            join coupon c on c.merchant_id = :merchant and c.id = k.coupon_id
            """;

    private static final String BUDGETS =
            "with owed as (select k.campaign_id, k.codes * " + EACH + " as minor from (" + OUT + """
            group by 1, 2) k join coupon c on c.merchant_id = :merchant and c.id = k.coupon_id)
            select b.campaign_id, b.most,
              (select coalesce(sum(minor), 0) from owed where b.campaign_id = 0 or campaign_id = b.campaign_id) as owed,
              (select count(*) from enrolment e where e.merchant_id = :merchant
                and (b.campaign_id = 0 or e.campaign_id = b.campaign_id)
                and e.state = 'active' and e.reason is not null and e.reason like 'budget:%') as waiting
            from budget b where b.merchant_id = :merchant and b.kind = 'coupons'
            order by b.campaign_id limit :most
            """;

    /// A budget of coupons that are out.
    ///
    /// @param campaign 0 for all of the shop
    /// @param most millionths of the currency
    /// @param owed minor units
    /// @param waiting customers who wait in a journey for room
    record Bounded(long campaign, long most, BigDecimal owed, long waiting) {}

    /// @param issued ever
    /// @param outstanding issued, not used and still good
    /// @param ending of those, within seven days
    /// @param given minor units that orders were given, where checkouts told them
    /// @param owed minor units of what is outstanding; null where nothing tells what one is worth
    /// @param exact whether each is worth a fixed amount; else it is the mean of those used so far
    record Row(
            long couponId,
            String name,
            String kind,
            long issued,
            long inPool,
            long outstanding,
            long ending,
            long expired,
            long redeemed,
            long voided,
            long given,
            Long owed,
            boolean exact) {}

    private final Jdbi jdbi;

    Liability(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Row> of(int merchant, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNT)
                .bind("merchant", merchant)
                .bind("now", now)
                .bind("soon", now.plus(SOON))
                .bind("most", MOST_COUPONS)
                .map((row, context) -> row(row))
                .list());
    }

    /// Minor units, as [#of] counts a code; empty where nothing tells it yet.
    Optional<BigDecimal> worth(int merchant, long coupon) {
        return jdbi.withHandle(handle -> handle.createQuery(WORTH)
                .bind("merchant", merchant)
                .bind("coupon", coupon)
                .map((row, context) -> Optional.ofNullable(row.getBigDecimal(1)))
                .findOne()
                .flatMap(worth -> worth));
    }

    /// Minor units of what is out.
    ///
    /// @param campaign that issued it, 0 for all, those that people issued too
    BigDecimal outstanding(int merchant, long campaign, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(OUTSTANDING)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .bind("now", now)
                .mapTo(BigDecimal.class)
                .one());
    }

    List<Bounded> budgets(int merchant, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(BUDGETS)
                .bind("merchant", merchant)
                .bind("now", now)
                .bind("most", MOST_COUPONS)
                .map((row, context) ->
                        new Bounded(row.getLong(1), row.getLong(2), row.getBigDecimal(3), row.getLong(4)))
                .list());
    }

    private static Row row(ResultSet row) throws SQLException {
        var each = row.getBigDecimal("each");
        long outstanding = row.getLong("outstanding");
        return new Row(
                row.getLong("id"),
                row.getString("name"),
                row.getString("kind"),
                row.getLong("issued"),
                row.getLong("in_pool"),
                outstanding,
                row.getLong("ending"),
                row.getLong("expired"),
                row.getLong("redeemed"),
                row.getLong("voided"),
                row.getLong("given"),
                each == null
                        ? null
                        : (Long) each.multiply(BigDecimal.valueOf(outstanding))
                                .setScale(0, RoundingMode.HALF_UP)
                                .longValueExact(),
                row.getBoolean("exact"));
    }
}
