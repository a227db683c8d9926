package io.regulars.campaign.coupon;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.events.EngagementRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.kit.fault.KillPoint;
import io.regulars.kit.outbox.Outbox;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Redeems codes: each once, by one order.
@ApplicationScoped
public class Redeeming {

    /// A code as it stands.
    ///
    /// @param state `issued`, `expired`, `redeemed`, `voided`
    record Code(
            int merchantId,
            long customerId,
            long id,
            long couponId,
            String code,
            String state,
            Long campaignId,
            Instant issuedAt,
            Instant validUntil,
            Instant redeemedAt,
            String orderId,
            String couponName,
            Offer offer) {}

    private record Redeemed(int merchantId, long customerId, long id, Long campaignId) {}

    private static final String FIND = """
            select k.*, c.name, c.kind, c.percent_off, c.amount_off, c.minimum_spend, c.gift
            from coupon_code k join coupon c on c.merchant_id = k.merchant_id and c.id = k.coupon_id
            where k.merchant_id = :merchant and k.code = :code
            """;

    /// The row's lock decides a race; who comes later finds another state.
    private static final String REDEEM = """
            update coupon_code set state = 'redeemed', redeemed_at = :now, order_id = :order
            where merchant_id = :merchant and code = :code and state = 'issued'
              and (valid_until is null or valid_until > :now)
            returning merchant_id, customer_id, id, campaign_id
            """;

    private static final String REDEEM_BY_ORDERS = """
            update coupon_code k set state = 'redeemed', redeemed_at = o.at, order_id = o.order_id
            from (select distinct on (merchant_id, code) *
              from unnest(:merchants::int[], :codes::text[], :orders::text[], :instants::text[]::timestamptz[])
                as named (merchant_id, code, order_id, at)
              order by merchant_id, code, at) o
            where k.merchant_id = o.merchant_id and k.code = o.code and k.state = 'issued'
              and (k.valid_until is null or k.valid_until > o.at)
            returning k.merchant_id, k.customer_id, k.id, k.campaign_id
            """;

    private static final String VOID = """
            update coupon_code set state = 'voided' where merchant_id = :merchant and code = :code and state = 'issued'
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Outbox outbox;

    Redeeming(Jdbi jdbi, Clock clock, Outbox outbox) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.outbox = outbox;
    }

    Code find(int merchant, String typed) {
        return look(merchant, typed).orElseThrow(() -> Problems.notFound("coupon code", typed));
    }

    /// The same order may ask again, and gets the same answer.
    @Transactional
    public Code redeem(int merchant, String typed, String orderId) {
        Instant now = clock.instant();
        Optional<Redeemed> redeemed = jdbi.withHandle(handle -> handle.createQuery(REDEEM)
                .bind("merchant", merchant)
                .bind("code", Codes.normal(typed))
                .bind("order", orderId)
                .bind("now", now)
                .map((row, context) -> redeemed(row))
                .findOne());
        redeemed.ifPresent(one -> outbox.publish(engagement(one, now)));
        KillPoint.COUPON_REDEEM_IN_TRANSACTION.reach();
        Code code = find(merchant, typed);
        if (redeemed.isEmpty() && !orderId.equals(code.orderId())) {
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
                .execute());
        if (voided == 0 && !"voided".equals(code.state())) {
            throw Problems.conflict(why(find(merchant, typed)));
        }
        return find(merchant, typed);
    }

    /// Orders that name a code use it, unless another order already did.
    @Transactional(Transactional.TxType.MANDATORY)
    public void redeemBy(List<OrderChanged> orders) {
        List<OrderChanged> naming = orders.stream()
                .filter(order -> order.status().counts() && !order.couponCodes().isEmpty())
                .toList();
        if (naming.isEmpty()) {
            return;
        }
        List<Integer> merchants = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> instants = new ArrayList<>();
        naming.forEach(order -> order.couponCodes().forEach(code -> {
            merchants.add(order.merchantId());
            codes.add(Codes.normal(code));
            ids.add(order.externalId());
            instants.add(order.orderedAt().toString());
        }));
        List<Redeemed> redeemed = jdbi.withHandle(handle -> handle.createQuery(REDEEM_BY_ORDERS)
                .bindArray("merchants", Integer.class, merchants)
                .bindArray("codes", String.class, codes)
                .bindArray("orders", String.class, ids)
                .bindArray("instants", String.class, instants)
                .map((row, context) -> redeemed(row))
                .list());
        Instant now = clock.instant();
        outbox.publishAll(redeemed.stream().map(one -> engagement(one, now)).toList());
    }

    private static EngagementRecorded engagement(Redeemed code, Instant now) {
        return new EngagementRecorded(
                code.merchantId(),
                code.customerId(),
                "k" + code.id() + ":redeemed",
                code.campaignId() == null ? 0 : code.campaignId(),
                null,
                null,
                "redeemed",
                now);
    }

    private static String why(Code code) {
        return "coupon code " + code.code() + " is " + code.state()
                + switch (code.state()) {
                    case "redeemed" -> " by order " + code.orderId() + " at " + code.redeemedAt();
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
        boolean expired = "issued".equals(state) && until != null && !until.isAfter(clock.instant());
        return new Code(
                row.getInt("merchant_id"),
                row.getLong("customer_id"),
                row.getLong("id"),
                row.getLong("coupon_id"),
                row.getString("code"),
                expired ? "expired" : state,
                row.getObject("campaign_id", Long.class),
                instant(row, "issued_at"),
                until,
                instant(row, "redeemed_at"),
                row.getString("order_id"),
                row.getString("name"),
                Issuing.offer(row));
    }

    private static Redeemed redeemed(ResultSet row) throws SQLException {
        return new Redeemed(row.getInt(1), row.getLong(2), row.getLong(3), row.getObject(4, Long.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
