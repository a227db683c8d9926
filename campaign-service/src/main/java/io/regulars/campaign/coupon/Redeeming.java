package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.webhook.Announcements;
import io.regulars.events.EngagementRecorded;
import io.regulars.kit.fault.KillPoint;
import io.regulars.kit.outbox.Outbox;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Redeems codes: each once, by one order.
@ApplicationScoped
public class Redeeming {

    /// A code as it stands.
    ///
    /// @param customerId 0 of a code that everybody may use
    /// @param state `issued`, `reserved`, `expired`, `exhausted`, `redeemed`, `voided`
    /// @param discount minor units that the order was given, or null
    /// @param shown as people read it; `code` is how it is compared
    record Code(
            int merchantId,
            long customerId,
            long id,
            long couponId,
            String code,
            String shown,
            String state,
            Long campaignId,
            Instant issuedAt,
            Instant validUntil,
            Instant redeemedAt,
            String orderId,
            Instant reservedUntil,
            Long discount,
            String couponName,
            boolean combinable,
            BigDecimal marginFloor,
            Offer offer) {}

    /// A code that an order names.
    record Named(int merchantId, long customerId, String code, String orderId, Instant at) {}

    /// @param shown as people read it
    /// @param returned how often it was given back before
    record Redeemed(
            int merchantId,
            long customerId,
            long id,
            Long campaignId,
            long couponId,
            String shown,
            String orderId,
            int returned) {}

    private static final String FIND = """
            select k.*, c.name, c.kind, c.percent_off, c.amount_off, c.minimum_spend, c.gift, c.combinable,
              c.margin_floor
            from coupon_code k join coupon c on c.merchant_id = k.merchant_id and c.id = k.coupon_id
            where k.merchant_id = :merchant and k.code = :code
            """;

    /// The row's lock decides a race; who comes later finds another state. What was reserved in time is in
    /// time.
    private static final String REDEEM = """
            update coupon_code set state = 'redeemed', redeemed_at = :now, order_id = :order, reserved_until = null,
              discount = coalesce(:discount, discount)
            where merchant_id = :merchant and code = :code
              and (state = 'issued' or state = 'reserved' and (order_id = :order or reserved_until <= :now))
              and (valid_until is null or valid_until > :now or state = 'reserved' and order_id = :order)
            returning merchant_id, customer_id, id, campaign_id, coupon_id, coalesce(shown, code), order_id, returned
            """;

    private static final String REDEEM_BY_ORDERS = """
            update coupon_code k set state = 'redeemed', redeemed_at = o.at, order_id = o.order_id, reserved_until = null
            from (select distinct on (merchant_id, code) *
              from unnest(:merchants::int[], :codes::text[], :orders::text[], :instants::text[]::timestamptz[])
                as named (merchant_id, code, order_id, at)
              order by merchant_id, code, at) o
            where k.merchant_id = o.merchant_id and k.code = o.code
              and (k.state = 'issued' or k.state = 'reserved' and (k.order_id = o.order_id or k.reserved_until <= :now))
              and (k.valid_until is null or k.valid_until > o.at or k.state = 'reserved' and k.order_id = o.order_id)
            returning k.merchant_id, k.customer_id, k.id, k.campaign_id, k.coupon_id, coalesce(k.shown, k.code), k.order_id,
              k.returned
            """;

    private static final String VOID = """
            update coupon_code set state = 'voided', void_reason = 'by hand', reserved_until = null, order_id = null
            where merchant_id = :merchant and code = :code
              and (state = 'issued' or state = 'reserved' and reserved_until <= :now)
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Outbox outbox;
    private final Announcements announcements;

    Redeeming(Jdbi jdbi, Clock clock, Outbox outbox, Announcements announcements) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
        this.announcements = announcements;
    }

    Code find(int merchant, String typed) {
        return look(merchant, typed).orElseThrow(() -> Problems.notFound("coupon code", typed));
    }

    /// The same order may ask again, and gets the same answer.
    @Transactional
    public Code redeem(int merchant, String typed, String orderId, Long discount) {
        Instant now = clock.instant();
        Optional<Redeemed> redeemed = jdbi.withHandle(handle -> handle.createQuery(REDEEM)
                .bind("merchant", merchant)
                .bind("code", Codes.normal(typed))
                .bind("order", orderId)
                .bind("discount", discount)
                .bind("now", now)
                .map((row, context) -> redeemed(row))
                .findOne());
        redeemed.ifPresent(one -> outbox.publish(engagement(one, now)));
        announcements.tell(
                redeemed.map(one -> CouponNews.redeemed(one, now)).stream().toList());
        KillPoint.COUPON_REDEEM_IN_TRANSACTION.reach();
        Code code = find(merchant, typed);
        if (redeemed.isEmpty() && !("redeemed".equals(code.state()) && orderId.equals(code.orderId()))) {
            throw Problems.conflict(why(code));
        }
        return code;
    }

    @Transactional
    Code revoke(int merchant, String typed) {
        Code code = find(merchant, typed);
        int voided = jdbi.withHandle(handle -> handle.createUpdate(VOID)
                .bind("merchant", merchant)
                .bind("code", code.code())
                .bind("now", clock.instant())
                .execute());
        if (voided == 0 && !"voided".equals(code.state())) {
            throw Problems.conflict(why(find(merchant, typed)));
        }
        return find(merchant, typed);
    }

    /// Orders that name a code use it, unless another order already did.
    @Transactional(Transactional.TxType.MANDATORY)
    void redeemBy(List<Named> named, Instant now) {
        List<Redeemed> redeemed = jdbi.withHandle(handle -> handle.createQuery(REDEEM_BY_ORDERS)
                .bindArray(
                        "merchants",
                        Integer.class,
                        named.stream().map(Named::merchantId).toList())
                .bindArray(
                        "codes", String.class, named.stream().map(Named::code).toList())
                .bindArray(
                        "orders",
                        String.class,
                        named.stream().map(Named::orderId).toList())
                .bindArray(
                        "instants",
                        String.class,
                        named.stream().map(one -> one.at().toString()).toList())
                .bind("now", now)
                .map((row, context) -> redeemed(row))
                .list());
        outbox.publishAll(redeemed.stream().map(one -> engagement(one, now)).toList());
        announcements.tell(
                redeemed.stream().map(one -> CouponNews.redeemed(one, now)).toList());
    }

    /// A code that everybody may use, as it stands.
    Code shared(Coupon coupon, boolean left) {
        boolean over = coupon.validUntil != null && !coupon.validUntil.isAfter(clock.instant());
        return new Code(
                coupon.merchantId,
                0,
                0,
                coupon.id,
                coupon.sharedKey,
                coupon.sharedCode,
                over ? "expired" : left ? "issued" : "exhausted",
                null,
                coupon.createdAt,
                coupon.validUntil,
                null,
                null,
                null,
                null,
                coupon.name,
                coupon.combinable,
                coupon.marginFloor,
                coupon.offer());
    }

    private static EngagementRecorded engagement(Redeemed code, Instant now) {
        return new EngagementRecorded(
                code.merchantId(),
                code.customerId(),
                nameOf(code),
                code.campaignId() == null ? 0 : code.campaignId(),
                null,
                null,
                "redeemed",
                now);
    }

    /// One for each time that the code is used: one that came back and is used again is told of again.
    /// `k5:redeemed`, then `k5:redeemed:2`.
    private static String nameOf(Redeemed code) {
        return "k" + code.id() + ":redeemed" + (code.returned() == 0 ? "" : ":" + (code.returned() + 1));
    }

    static String why(Code code) {
        return "coupon code " + code.shown() + " is " + code.state()
                + switch (code.state()) {
                    case "redeemed" -> " by order " + code.orderId() + " at " + code.redeemedAt();
                    case "reserved" -> " for order " + code.orderId() + " until " + code.reservedUntil();
                    case "expired" -> " since " + code.validUntil();
                    default -> "";
                };
    }

    private Optional<Code> look(int merchant, String typed) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("code", Codes.normal(typed))
                .map((row, context) -> code(row))
                .findOne());
    }

    private Code code(ResultSet row) throws SQLException {
        Instant until = instant(row, "valid_until");
        String state = row.getString("state");
        Instant reservedUntil = instant(row, "reserved_until");
        boolean lapsed = reservedUntil != null && !reservedUntil.isAfter(clock.instant());
        boolean free = "issued".equals(state) || lapsed;
        boolean expired = free && until != null && !until.isAfter(clock.instant());
        return new Code(
                row.getInt("merchant_id"),
                row.getLong("customer_id"),
                row.getLong("id"),
                row.getLong("coupon_id"),
                row.getString("code"),
                row.getString("shown") == null ? row.getString("code") : row.getString("shown"),
                expired ? "expired" : free ? "issued" : state,
                row.getObject("campaign_id", Long.class),
                instant(row, "issued_at"),
                until,
                instant(row, "redeemed_at"),
                free ? null : row.getString("order_id"),
                lapsed ? null : reservedUntil,
                row.getObject("discount", Long.class),
                row.getString("name"),
                row.getBoolean("combinable"),
                row.getBigDecimal("margin_floor"),
                Stock.offer(row));
    }

    private static Redeemed redeemed(ResultSet row) throws SQLException {
        return new Redeemed(
                row.getInt(1),
                row.getLong(2),
                row.getLong(3),
                row.getObject(4, Long.class),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
