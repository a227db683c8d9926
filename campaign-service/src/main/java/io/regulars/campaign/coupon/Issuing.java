package io.regulars.campaign.coupon;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.webhook.Announcements;
import io.regulars.campaign.webhook.News;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Issues codes, within a coupon's stock and each customer's limit whoever else issues at the same time.
@ApplicationScoped
public class Issuing {

    /// @param campaignId null where a person asks, and `enrolmentId` with it
    public record Ask(int merchantId, long customerId, long couponId, Long campaignId, Long enrolmentId) {}

    /// What became of an ask.
    public sealed interface Answer {}

    /// @param code as people read it
    /// @param validUntil null where it is for ever
    /// @param key as it is compared
    public record Issued(String code, String description, Instant validUntil, String key) implements Answer {}

    public record Refused(String reason) implements Answer {}

    private record CouponKey(int merchantId, long couponId) implements Comparable<CouponKey> {
        @Override
        public int compareTo(CouponKey other) {
            int byMerchant = Integer.compare(merchantId, other.merchantId);
            return byMerchant != 0 ? byMerchant : Long.compare(couponId, other.couponId);
        }
    }

    /// @param shown null where it is the key itself
    private record New(String key, String shown) {}

    private static final String INSERT = """
            insert into coupon_code
              (merchant_id, customer_id, coupon_id, code, shown, campaign_id, enrolment_id, issued_at, valid_until)
            values (:merchant, :customer, :coupon, :code, :shown, :campaign, :enrolment, :now, :validUntil)
            """;

    /// One that was brought again in the moment in which it was issued stays in the pool and is passed over.
    private static final String TAKE_FROM_POOL = """
            delete from coupon_pool where (merchant_id, code) in (
              select p.merchant_id, p.code from coupon_pool p
              where p.merchant_id = :merchant and p.coupon_id = :coupon
                and not exists (select from coupon_code k where k.merchant_id = p.merchant_id and k.code = p.code)
              order by p.code limit :count)
            returning code, shown
            """;

    private static final String COUNT =
            "update coupon set issued = issued + :issued where merchant_id = :merchant and id = :coupon";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;
    private final Announcements announcements;

    Issuing(Jdbi jdbi, Clock clock, Shops shops, Announcements announcements) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
        this.announcements = announcements;
    }

    /// An answer for each ask, in the caller's transaction. A code that is shared is told and not issued.
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<Ask, Answer> issue(List<Ask> asks) {
        return issue(asks, false);
    }

    /// The same for codes that are shared: each use of one is a code of its own, and counts.
    @Transactional(Transactional.TxType.MANDATORY)
    Map<Ask, Answer> issueUses(List<Ask> asks) {
        return issue(asks, true);
    }

    /// What asks would be answered if they were made: nothing is issued, and the code is made up.
    public Supposed suppose(int merchant) {
        return new Supposed(jdbi, shops, merchant);
    }

    private Map<Ask, Answer> issue(List<Ask> asks, boolean uses) {
        Map<CouponKey, List<Ask>> byCoupon = asks.stream()
                .collect(Collectors.groupingBy(
                        ask -> new CouponKey(ask.merchantId(), ask.couponId()), TreeMap::new, Collectors.toList()));
        Map<Ask, Answer> answers = new HashMap<>();
        // in the order of their keys: two batches that ask for the same coupons wait, and never for each other
        jdbi.useHandle(handle -> byCoupon.forEach((coupon, of) -> answers.putAll(issue(handle, coupon, of, uses))));
        return answers;
    }

    private Map<Ask, Answer> issue(Handle handle, CouponKey coupon, List<Ask> asks, boolean uses) {
        Shop shop = shops.find(coupon.merchantId());
        Instant now = clock.instant();
        Map<Ask, Answer> answers = new HashMap<>();
        Stock stock = Stock.lock(handle, coupon.merchantId(), coupon.couponId());
        Map<Long, Integer> had = stock.perCustomer() == null
                ? new HashMap<>()
                : Stock.had(
                        handle,
                        coupon.merchantId(),
                        coupon.couponId(),
                        asks.stream().map(Ask::customerId).distinct().toList());
        List<Ask> granted = new ArrayList<>();
        Instant until = Coupon.validUntil(stock.validUntil(), stock.validFor(), now);
        for (Ask ask : asks) {
            int count = had.merge(ask.customerId(), 1, Integer::sum);
            String refusal = stock.shared() == uses
                    ? stock.refusal(granted.size(), count, until, now)
                    : uses ? "the coupon's code is not shared" : "the coupon's code is shared: " + stock.sharedCode();
            if (refusal != null) {
                answers.put(ask, new Refused(refusal));
            } else {
                granted.add(ask);
            }
        }
        Iterator<New> codes = codes(handle, coupon, stock, granted.size());
        List<News> news = new ArrayList<>();
        var insert = handle.prepareBatch(INSERT);
        for (Ask ask : granted) {
            if (!codes.hasNext()) {
                answers.put(ask, new Refused("the coupon's pool of codes is empty"));
                continue;
            }
            New code = codes.next();
            String shown = code.shown() == null ? code.key() : code.shown();
            answers.put(ask, new Issued(shown, stock.offer().describe(shop), until, code.key()));
            if (!uses) {
                news.add(CouponNews.issued(ask, shown, until, now));
            }
            insert.bind("merchant", ask.merchantId())
                    .bind("customer", ask.customerId())
                    .bind("coupon", ask.couponId())
                    .bind("code", code.key())
                    .bind("shown", code.shown())
                    .bind("campaign", ask.campaignId())
                    .bind("enrolment", ask.enrolmentId())
                    .bind("now", now)
                    .bind("validUntil", until)
                    .add();
        }
        if (insert.size() > 0) {
            int issued = insert.size();
            insert.execute();
            handle.createUpdate(COUNT)
                    .bind("issued", issued)
                    .bind("merchant", coupon.merchantId())
                    .bind("coupon", coupon.couponId())
                    .execute();
        }
        announcements.tell(news);
        return answers;
    }

    /// So many, or as many as the pool holds.
    private static Iterator<New> codes(Handle handle, CouponKey coupon, Stock stock, int count) {
        return switch (stock.codes()) {
            case CheckoutRules.POOL ->
                handle.createQuery(TAKE_FROM_POOL)
                        .bind("merchant", coupon.merchantId())
                        .bind("coupon", coupon.couponId())
                        .bind("count", count)
                        .map((row, context) -> new New(row.getString("code"), row.getString("shown")))
                        .list()
                        .iterator();
            case CheckoutRules.SHARED ->
                Stream.generate(() -> new New(stock.sharedKey() + "." + Codes.next(), stock.sharedCode()))
                        .limit(count)
                        .iterator();
            default ->
                Stream.generate(() -> new New(Codes.next(), null)).limit(count).iterator();
        };
    }
}
