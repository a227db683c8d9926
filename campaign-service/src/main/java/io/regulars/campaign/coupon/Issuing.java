package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Issues codes, within a coupon's stock and each customer's limit whoever else issues at the same time.
@ApplicationScoped
public class Issuing {

    /// @param campaignId null where a person asks, and `enrolmentId` with it
    public record Ask(int merchantId, long customerId, long couponId, Long campaignId, Long enrolmentId) {}

    /// What became of an ask.
    public sealed interface Answer {}

    /// @param validUntil null where it is for ever
    public record Issued(String code, String description, Instant validUntil) implements Answer {}

    public record Refused(String reason) implements Answer {}

    private record CouponKey(int merchantId, long couponId) implements Comparable<CouponKey> {
        @Override
        public int compareTo(CouponKey other) {
            int byMerchant = Integer.compare(merchantId, other.merchantId);
            return byMerchant != 0 ? byMerchant : Long.compare(couponId, other.couponId);
        }
    }

    private record Stock(Offer offer, Instant validUntil, String validFor, Long left, Integer perCustomer) {}

    private static final String LOCK =
            "select * from coupon where merchant_id = :merchant and id = :coupon for no key update";

    private static final String HAD = """
            select customer_id, count(*) from coupon_code
            where merchant_id = :merchant and coupon_id = :coupon and customer_id = any(:customers) and state <> 'voided'
            group by customer_id
            """;

    private static final String INSERT = """
            insert into coupon_code
              (merchant_id, customer_id, coupon_id, code, campaign_id, enrolment_id, issued_at, valid_until)
            values (:merchant, :customer, :coupon, :code, :campaign, :enrolment, :now, :validUntil)
            """;

    private static final String COUNT =
            "update coupon set issued = issued + :issued where merchant_id = :merchant and id = :coupon";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;

    Issuing(Jdbi jdbi, Clock clock, Shops shops) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
    }

    /// An answer for each ask, in the caller's transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<Ask, Answer> issue(List<Ask> asks) {
        Map<CouponKey, List<Ask>> byCoupon = asks.stream()
                .collect(Collectors.groupingBy(
                        ask -> new CouponKey(ask.merchantId(), ask.couponId()), TreeMap::new, Collectors.toList()));
        Map<Ask, Answer> answers = new HashMap<>();
        // in the order of their keys: two batches that ask for the same coupons wait, and never for each other
        jdbi.useHandle(handle -> byCoupon.forEach((coupon, of) -> answers.putAll(issue(handle, coupon, of))));
        return answers;
    }

    private Map<Ask, Answer> issue(Handle handle, CouponKey coupon, List<Ask> asks) {
        Shop shop = shops.find(coupon.merchantId());
        Instant now = clock.instant();
        Map<Ask, Answer> answers = new HashMap<>();
        Stock stock = lock(handle, coupon);
        Map<Long, Integer> had = stock.perCustomer() == null ? new HashMap<>() : had(handle, coupon, asks);
        List<Ask> granted = new ArrayList<>();
        Instant until = Coupon.validUntil(stock.validUntil(), stock.validFor(), now);
        var insert = handle.prepareBatch(INSERT);
        for (Ask ask : asks) {
            int count = had.merge(ask.customerId(), 1, Integer::sum);
            String refusal = refusal(stock, granted.size(), count, until, now);
            if (refusal != null) {
                answers.put(ask, new Refused(refusal));
                continue;
            }
            String code = Codes.next();
            granted.add(ask);
            answers.put(ask, new Issued(code, stock.offer().describe(shop), until));
            insert.bind("merchant", ask.merchantId())
                    .bind("customer", ask.customerId())
                    .bind("coupon", ask.couponId())
                    .bind("code", code)
                    .bind("campaign", ask.campaignId())
                    .bind("enrolment", ask.enrolmentId())
                    .bind("now", now)
                    .bind("validUntil", until)
                    .add();
        }
        if (!granted.isEmpty()) {
            insert.execute();
            handle.createUpdate(COUNT)
                    .bind("issued", granted.size())
                    .bind("merchant", coupon.merchantId())
                    .bind("coupon", coupon.couponId())
                    .execute();
        }
        return answers;
    }

    private static String refusal(Stock stock, int granted, int count, Instant until, Instant now) {
        if (stock.left() != null && stock.left() <= granted) {
            return "coupon is out of stock";
        }
        if (stock.perCustomer() != null && count > stock.perCustomer()) {
            return "customer has had the coupon " + stock.perCustomer() + " times already";
        }
        return until != null && !until.isAfter(now) ? "coupon has expired" : null;
    }

    private static Stock lock(Handle handle, CouponKey coupon) {
        return handle.createQuery(LOCK)
                .bind("merchant", coupon.merchantId())
                .bind("coupon", coupon.couponId())
                .map((row, context) -> stock(row))
                .one();
    }

    private static Stock stock(ResultSet row) throws SQLException {
        Long stock = row.getObject("stock", Long.class);
        var until = row.getTimestamp("valid_until");
        return new Stock(
                offer(row),
                until == null ? null : until.toInstant(),
                row.getString("valid_for"),
                stock == null ? null : stock - row.getLong("issued"),
                row.getObject("per_customer", Integer.class));
    }

    static Offer offer(ResultSet row) throws SQLException {
        BigDecimal percent = row.getBigDecimal("percent_off");
        return new Offer(
                row.getString("kind"),
                percent,
                row.getObject("amount_off", Long.class),
                row.getObject("minimum_spend", Long.class),
                row.getString("gift"));
    }

    private static Map<Long, Integer> had(Handle handle, CouponKey coupon, List<Ask> asks) {
        return handle.createQuery(HAD)
                .bind("merchant", coupon.merchantId())
                .bind("coupon", coupon.couponId())
                .bindArray(
                        "customers",
                        Long.class,
                        asks.stream().map(Ask::customerId).distinct().toList())
                .reduceRows(new HashMap<>(), (had, row) -> {
                    had.put(row.getColumn("customer_id", Long.class), row.getColumn("count", Integer.class));
                    return had;
                });
    }
}
