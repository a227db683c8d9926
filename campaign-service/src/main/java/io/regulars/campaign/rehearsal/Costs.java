package io.regulars.campaign.rehearsal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.coupon.Coupons;
import io.regulars.campaign.coupon.Supposed;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.guardrail.Policy;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.rehearsal.Findings.ChannelCost;
import io.regulars.campaign.rehearsal.Findings.Cost;
import io.regulars.campaign.rehearsal.Findings.CouponCost;
import io.regulars.events.Channel;
import io.regulars.kit.money.Money;

/// What the messages and coupons of a rehearsal would cost.
@ApplicationScoped
class Costs {

    /// Prices are kept in millionths.
    private static final int SCALE = 6;

    private final Guardrails guardrails;

    Costs(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    Cost of(int merchant, Shop shop, Tally tally, Supposed issuing) {
        Policy policy = guardrails.of(merchant).policy();
        List<ChannelCost> channels = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (Channel channel : Channel.values()) {
            long messages = tally.going(channel);
            if (messages > 0) {
                long parts = tally.parts(channel);
                BigDecimal each = BigDecimal.valueOf(policy.cost(channel), SCALE);
                BigDecimal cost = each.multiply(BigDecimal.valueOf(parts));
                sum = sum.add(cost);
                channels.add(new ChannelCost(
                        ChannelNames.of(channel),
                        messages,
                        parts,
                        new Money(plain(each, shop), shop.currency()),
                        money(cost, shop)));
            }
        }
        List<CouponCost> coupons = new ArrayList<>();
        Long liability = 0L;
        for (Map.Entry<Long, Long> granted : new TreeMap<>(issuing.granted()).entrySet()) {
            Long worth = issuing.worth(granted.getKey());
            Long most = worth == null ? null : (Long) Math.multiplyExact(worth, granted.getValue());
            liability = liability == null || most == null ? null : (Long) Math.addExact(liability, most);
            coupons.add(new CouponCost(
                    Coupons.publicId(granted.getKey()),
                    granted.getValue(),
                    worth == null ? null : Money.ofMinor(worth, shop.currency()),
                    most == null ? null : Money.ofMinor(most, shop.currency())));
        }
        return new Cost(
                channels,
                money(sum, shop),
                coupons,
                liability == null ? null : Money.ofMinor(liability, shop.currency()));
    }

    /// Rounded up to what the currency has.
    private static Money money(BigDecimal amount, Shop shop) {
        return new Money(amount.setScale(Money.digits(shop.currency()), RoundingMode.UP), shop.currency());
    }

    /// As exact as prices are.
    private static BigDecimal plain(BigDecimal price, Shop shop) {
        BigDecimal shortest = price.stripTrailingZeros();
        return shortest.setScale(Math.max(shortest.scale(), Money.digits(shop.currency())), RoundingMode.UNNECESSARY);
    }
}
