package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import io.regulars.campaign.price.Prices;
import io.regulars.kit.money.Money;

/// What sales were worth and what it cost to get them.
///
/// @param sales kept, with the coupons off
/// @param margin of the price before coupons: `marginPercent` of sales and coupons together
/// @param coupons taken off the price
/// @param channels what the messages cost that were sent
/// @param profit margin less both; null where the margin is not known
/// @param roi profit by both, four digits; null where there is no profit or no cost to speak of
/// @param notTold what is not in the figures, and why
public record Economics(
        Money sales, Money margin, Money coupons, Money channels, Money profit, BigDecimal roi, List<String> notTold) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// @param sales minor units
    static Economics of(long sales, List<Discounts.Row> coupons, List<Sendings.Row> sent, Prices prices) {
        List<String> notTold = new ArrayList<>();
        long unknown = coupons.stream().mapToLong(Discounts.Row::unknown).sum();
        if (unknown > 0) {
            notTold.add("coupons: what %d redeemed codes cost is not known".formatted(unknown));
        }
        BigDecimal channels = BigDecimal.ZERO;
        for (Sendings.Row row : sent) {
            BigDecimal cost = prices.cost(row.channel(), row.sent());
            String why = "channels: no price is set for " + row.channel();
            if (cost == null && row.sent() > 0 && !notTold.contains(why)) {
                notTold.add(why);
            }
            channels = cost == null ? channels : channels.add(cost);
        }
        long off = coupons.stream().mapToLong(Discounts.Row::cost).sum();
        return of(sales, off, channels.setScale(0, RoundingMode.HALF_UP).longValueExact(), prices, notTold);
    }

    private static Economics of(long sales, long coupons, long channels, Prices prices, List<String> notTold) {
        String currency = prices.currency();
        Long margin = null;
        Long profit = null;
        BigDecimal roi = null;
        if (prices.marginPercent() == null) {
            notTold.add("margin, profit, roi: no marginPercent is set");
        } else {
            margin = prices.marginPercent()
                    .multiply(BigDecimal.valueOf(Math.addExact(sales, coupons)))
                    .divide(HUNDRED, 0, RoundingMode.HALF_UP)
                    .longValueExact();
            profit = margin - coupons - channels;
            if (coupons + channels == 0) {
                notTold.add("roi: there is no cost");
            } else {
                roi = BigDecimal.valueOf(profit)
                        .divide(BigDecimal.valueOf(coupons + channels), 4, RoundingMode.HALF_UP);
            }
        }
        return new Economics(
                Money.ofMinor(sales, currency),
                margin == null ? null : Money.ofMinor(margin, currency),
                Money.ofMinor(coupons, currency),
                Money.ofMinor(channels, currency),
                profit == null ? null : Money.ofMinor(profit, currency),
                roi,
                List.copyOf(notTold));
    }

    /// The same costs, had the campaign sold so much.
    Economics withSales(long minor, Prices prices) {
        return of(minor, coupons.toMinor(), channels.toMinor(), prices, new ArrayList<>(ofCosts()));
    }

    private List<String> ofCosts() {
        return notTold.stream()
                .filter(why -> why.startsWith("coupons") || why.startsWith("channels"))
                .toList();
    }
}
