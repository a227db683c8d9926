package io.regulars.campaign.message;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Names;
import io.regulars.campaign.audience.Shop;

/// The variables of a template, for one customer now.
final class Values {

    private static final Map<String, String> CHINESE_TIERS = Map.of(
            "new", "新客户", "ordinary", "普通", "senior", "高级", "vip", "VIP", "super-vip", "超级VIP", "super_vip", "超级VIP");
    private static final Map<String, String> ENGLISH_TIERS = Map.of(
            "new",
            "new",
            "ordinary",
            "regular",
            "senior",
            "senior",
            "vip",
            "VIP",
            "super-vip",
            "super VIP",
            "super_vip",
            "super VIP");

    private Values() {}

    /// @param context what the cause names, and its coupon
    /// @param unsubscribeUrl null where the customer has none
    static Map<String, String> of(
            Map<String, String> context, Customer customer, Shop shop, String unsubscribeUrl, Instant now) {
        Map<String, String> values = new HashMap<>(context);
        values.remove("runsOutAt");
        values.remove("closesAt");
        values.put("customer.name", customer.name());
        values.put("customer.maskedName", Names.masked(customer.name()));
        values.put("customer.tier", tier(customer, shop));
        values.put("shop.name", shop.name());
        values.put("unsubscribeUrl", unsubscribeUrl);
        values.put("days", days(context, customer, shop, now));
        String until = context.get("coupon.validUntil");
        values.put(
                "coupon.validUntil",
                until == null
                        ? null
                        : LocalDate.ofInstant(Instant.parse(until), shop.zone()).toString());
        return values;
    }

    /// @param publicUrl where customers reach us, without a slash at its end
    static String unsubscribeUrl(String publicUrl, Customer customer) {
        return customer.unsubscribeToken() == null
                ? null
                : publicUrl + "/api/customer/unsubscribe/" + customer.unsubscribeToken() + "?channel=email";
    }

    private static String tier(Customer customer, Shop shop) {
        String key = customer.standing().tier();
        return key == null ? null : (shop.chinese() ? CHINESE_TIERS : ENGLISH_TIERS).getOrDefault(key, key);
    }

    /// Until the product runs out; else since the last order.
    private static String days(Map<String, String> context, Customer customer, Shop shop, Instant now) {
        String runsOut = context.get("runsOutAt");
        if (runsOut != null) {
            Duration left = Duration.between(now, Instant.parse(runsOut));
            return String.valueOf(Math.max(0, left.plusDays(1).minusNanos(1).toDays()));
        }
        return customer.lastOrderDay() == null
                ? null
                : String.valueOf(Math.max(
                        0, ChronoUnit.DAYS.between(customer.lastOrderDay(), LocalDate.ofInstant(now, shop.zone()))));
    }
}
