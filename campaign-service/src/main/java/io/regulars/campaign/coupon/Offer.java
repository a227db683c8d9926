package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.campaign.audience.Shop;
import io.regulars.kit.money.Money;

/// What a coupon gives.
///
/// @param amountOff minor units
/// @param minimumSpend minor units, or null where any order will do
public record Offer(String kind, BigDecimal percentOff, Long amountOff, Long minimumSpend, String gift) {

    static final List<String> KINDS = List.of("percent", "amount", "threshold", "free-shipping", "gift");

    /// As a shop of this country writes it: 12 % off is 8.8折 in Chinese.
    public String describe(Shop shop) {
        String from = minimumSpend == null || minimumSpend == 0 ? "" : money(minimumSpend, shop);
        return shop.chinese() ? chinese(shop, from) : english(shop, from);
    }

    private String chinese(Shop shop, String from) {
        String full = from.isEmpty() ? "" : "满" + from;
        return switch (kind) {
            case "percent" -> full + fold() + "折";
            case "amount" -> full + "立减" + money(amountOff, shop);
            case "threshold" -> full + "减" + money(amountOff, shop);
            case "free-shipping" -> full + "包邮";
            case "gift" -> full + "赠" + gift;
            default -> throw new IllegalStateException("no kind " + kind);
        };
    }

    private String english(Shop shop, String from) {
        String over = from.isEmpty() ? "" : " on orders over " + from;
        return switch (kind) {
            case "percent" -> plain(percentOff) + "% off" + over;
            case "amount", "threshold" -> money(amountOff, shop) + " off" + over;
            case "free-shipping" -> "free shipping" + over;
            case "gift" -> "a gift: " + gift + over;
            default -> throw new IllegalStateException("no kind " + kind);
        };
    }

    /// What is left to pay, in tenths.
    private String fold() {
        return plain(BigDecimal.valueOf(100).subtract(percentOff).movePointLeft(1));
    }

    private static String money(long minor, Shop shop) {
        String amount = plain(Money.major(minor, shop.currency()));
        return shop.chinese() && "CNY".equals(shop.currency()) ? amount + "元" : shop.currency() + " " + amount;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
