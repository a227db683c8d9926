package io.regulars.campaign.decision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.coupon.Coupons;
import org.jdbi.v3.core.Jdbi;

/// What a customer did with a message and with the coupon in it.
@ApplicationScoped
class Aftermaths {

    private static final int SHOWN = 3;

    private static final String HITS = """
            select at, kind, link, coalesce(judged, 'unjudged') as who from hit
            where merchant_id = :merchant and customer_id = :customer and message_id = :message
            order by id limit 100
            """;

    private static final String CODES = """
            select coupon_id, coalesce(shown, code) as code, state, issued_at, valid_until, redeemed_at, order_id
            from coupon_code
            where merchant_id = :merchant and customer_id = :customer and enrolment_id = :enrolment
            order by id limit 20
            """;

    private final Jdbi jdbi;

    Aftermaths(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Trace.Hit> hits(int merchant, long customer, long message) {
        return jdbi.withHandle(handle -> handle.createQuery(HITS)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("message", message)
                .map((row, context) -> new Trace.Hit(
                        row.getTimestamp("at").toInstant(),
                        row.getString("kind"),
                        row.getObject("link", Integer.class),
                        row.getString("who")))
                .list());
    }

    List<Trace.Code> codes(int merchant, long customer, long enrolment) {
        return jdbi.withHandle(handle -> handle.createQuery(CODES)
                .bind("merchant", merchant)
                .bind("customer", customer)
                .bind("enrolment", enrolment)
                .map((row, context) -> new Trace.Code(
                        Coupons.publicId(row.getLong("coupon_id")),
                        hinted(row.getString("code")),
                        row.getString("state"),
                        row.getTimestamp("issued_at").toInstant(),
                        instant(row, "valid_until"),
                        instant(row, "redeemed_at"),
                        row.getString("order_id")))
                .list());
    }

    /// Enough to tell codes apart, too little to use one.
    private static String hinted(String code) {
        return code.length() <= 2 * SHOWN
                ? "***"
                : code.substring(0, SHOWN) + "***" + code.substring(code.length() - SHOWN);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
