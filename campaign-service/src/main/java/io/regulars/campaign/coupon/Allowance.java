package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.guardrail.CouponBudgets;
import io.regulars.campaign.guardrail.Notices;
import io.regulars.campaign.guardrail.Purse;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.kit.money.Money;

/// How many codes journeys may issue before what is out may cost more than the budgets of it. A code counts as
/// in the report of what the shop owes: a fixed amount by that, others by the mean that orders were given;
/// where nothing tells yet what one is worth it counts nothing, and its campaign says so.
@ApplicationScoped
public class Allowance {

    private static final int MILLIONTHS = 6;

    private final CouponBudgets budgets;
    private final Liability liability;
    private final Shops shops;
    private final Notices notices;

    Allowance(CouponBudgets budgets, Liability liability, Shops shops, Notices notices) {
        this.budgets = budgets;
        this.liability = liability;
        this.shops = shops;
        this.notices = notices;
    }

    /// The budgets in the caller's hands, until its transaction ends.
    @Transactional(Transactional.TxType.MANDATORY)
    public Held hold(Collection<Integer> merchants, Collection<Long> campaigns, Instant now) {
        return new Held(budgets.lock(merchants, campaigns, now), now);
    }

    /// What one transaction issues.
    public final class Held {

        private final Purse purse;
        private final Instant now;
        private final Map<Issuing.Ask, List<Purse.Charge>> taken = new HashMap<>();
        private final Set<Purse.Key> counted = new HashSet<>();
        private final Map<Long, Optional<BigDecimal>> worths = new HashMap<>();

        private Held(Purse purse, Instant now) {
            this.purse = purse;
            this.now = now;
        }

        /// Takes what the code may cost out of the budgets that it draws on, and answers empty; or why it
        /// waits.
        public Optional<Settings.Hold> take(Issuing.Ask ask, boolean marketing) {
            List<Purse.Key> drawnOn = purse.drawnOn(ask.merchantId(), ask.campaignId(), marketing);
            if (drawnOn.isEmpty()) {
                return Optional.empty();
            }
            Optional<BigDecimal> worth =
                    worths.computeIfAbsent(ask.couponId(), coupon -> liability.worth(ask.merchantId(), coupon));
            if (worth.isEmpty()) {
                sayUnknown(ask);
                return Optional.empty();
            }
            long cost = millionths(ask.merchantId(), worth.get());
            if (!purse.hasRoom(ask.merchantId(), ask.campaignId(), marketing, cost) && counted.addAll(drawnOn)) {
                drawnOn.forEach(this::count);
            }
            Optional<Settings.Hold> full = purse.empty(ask.merchantId(), ask.campaignId(), marketing, cost);
            if (full.isEmpty()) {
                taken.put(ask, purse.take(ask.merchantId(), ask.campaignId(), marketing, cost));
            }
            return full;
        }

        /// The code was refused: what it was to cost is free.
        public void putBack(Issuing.Ask ask) {
            purse.putBack(taken.getOrDefault(ask, List.of()));
            taken.remove(ask);
        }

        /// Behind the codes of each round.
        public void keep() {
            budgets.keep(purse);
        }

        /// What this transaction took and did not issue yet is not out, and counts besides.
        private void count(Purse.Key key) {
            long pending = taken.values().stream()
                    .flatMap(List::stream)
                    .filter(charge -> charge.budget().equals(key))
                    .mapToLong(Purse.Charge::amount)
                    .sum();
            purse.counted(
                    key,
                    millionths(key.merchant(), liability.outstanding(key.merchant(), key.campaign(), now)) + pending);
        }

        /// The codes of what was taken are out now.
        public void issued(Issuing.Ask ask) {
            taken.remove(ask);
        }
    }

    private void sayUnknown(Issuing.Ask ask) {
        notices.say(
                ask.merchantId(),
                ask.campaignId(),
                "coupon-worth:" + ask.couponId(),
                "budget",
                "budget: what a code of coupon %s may cost is not known before one is redeemed, so that none bounds it"
                        .formatted(Coupons.publicId(ask.couponId())));
    }

    /// @param minor units
    private long millionths(int merchant, BigDecimal minor) {
        return minor.movePointRight(
                        MILLIONTHS - Money.digits(shops.find(merchant).currency()))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }
}
