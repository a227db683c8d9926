package io.regulars.campaign.coupon;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// What a shop owes by the codes that are out.
@ApplicationScoped
class Liability {

    private static final Duration SOON = Duration.ofDays(7);
    private static final int MOST_COUPONS = 1_000;

    /// A code that is reserved is still owed. Of what percents and shipping are worth the orders so far tell the mean.
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
                        : (Long) each.multiply(java.math.BigDecimal.valueOf(outstanding))
                                .setScale(0, java.math.RoundingMode.HALF_UP)
                                .longValueExact(),
                row.getBoolean("exact"));
    }
}
