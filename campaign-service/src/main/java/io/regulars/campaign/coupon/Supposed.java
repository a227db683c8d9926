package io.regulars.campaign.coupon;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.reading.Faults;
import org.jdbi.v3.core.Jdbi;

/// What asks for coupons would be answered, and how many that would be: nothing is issued.
public final class Supposed {

    private static final String MADE_UP = "CODE0000";

    private final Jdbi jdbi;
    private final Shops shops;
    private final int merchant;
    private final Map<Long, Stock> stocks = new HashMap<>();
    private final Map<Long, Map<Long, Integer>> had = new HashMap<>();
    private final Map<Long, Long> granted = new HashMap<>();

    Supposed(Jdbi jdbi, Shops shops, int merchant) {
        this.jdbi = jdbi;
        this.shops = shops;
        this.merchant = merchant;
    }

    /// A coupon that is not saved, as people write it.
    public void define(long couponId, JsonNode written) {
        CouponDraft draft = CouponDraft.read(written, shops.find(merchant).currency(), new Faults());
        stocks.put(
                couponId,
                new Stock(
                        draft.offer(),
                        draft.validUntil(),
                        draft.validFor() == null ? null : draft.validFor().toString(),
                        draft.stock(),
                        draft.perCustomer(),
                        draft.rules().codes(),
                        null,
                        null));
    }

    /// An answer for each customer, as of the instant at which they ask.
    public Map<Long, Issuing.Answer> ask(long couponId, Map<Long, Instant> customers) {
        Shop shop = shops.find(merchant);
        return jdbi.withHandle(handle -> {
            Stock stock = stocks.computeIfAbsent(couponId, _ -> Stock.look(handle, merchant, couponId));
            Map<Long, Integer> counts = had.computeIfAbsent(couponId, _ -> new HashMap<>());
            List<Long> unknown = customers.keySet().stream()
                    .filter(customer -> stock.perCustomer() != null && !counts.containsKey(customer))
                    .toList();
            if (!unknown.isEmpty()) {
                unknown.forEach(customer -> counts.put(customer, 0));
                counts.putAll(Stock.had(handle, merchant, couponId, unknown));
            }
            Map<Long, Issuing.Answer> answers = new HashMap<>();
            customers.forEach(
                    (customer, at) -> answers.put(customer, answer(couponId, stock, counts, customer, at, shop)));
            return answers;
        });
    }

    private Issuing.Answer answer(
            long couponId, Stock stock, Map<Long, Integer> counts, long customer, Instant at, Shop shop) {
        Instant until = Coupon.validUntil(stock.validUntil(), stock.validFor(), at);
        int count = counts.merge(customer, 1, Integer::sum);
        long before = granted.getOrDefault(couponId, 0L);
        String refusal = stock.shared()
                ? "the coupon's code is shared: " + stock.sharedCode()
                : stock.refusal((int) Math.min(Integer.MAX_VALUE, before), count, until, at);
        if (refusal != null) {
            return new Issuing.Refused(refusal);
        }
        granted.put(couponId, before + 1);
        return new Issuing.Issued(MADE_UP, stock.offer().describe(shop), until, MADE_UP);
    }

    /// How many of each coupon.
    public Map<Long, Long> granted() {
        return granted;
    }

    /// What one of these is worth at most, in minor units; null where its offer does not say.
    public Long worth(long couponId) {
        return stocks.get(couponId).offer().amountOff();
    }
}
