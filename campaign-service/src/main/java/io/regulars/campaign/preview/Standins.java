package io.regulars.campaign.preview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Standing;

/// What stands in a preview for what is not there yet: a cause, a coupon, a customer.
final class Standins {

    private static final List<String> OF_CAUSE = List.of("event.", "coupon.", "product.");

    private Standins() {}

    static boolean isOfCause(String variable) {
        return OF_CAUSE.stream().anyMatch(variable::startsWith);
    }

    /// A value for each variable of the cause that the template names, in brackets where none was given.
    static Map<String, String> values(Set<String> named, Map<String, String> given, Shop shop, Instant now) {
        Map<String, String> values = new TreeMap<>();
        named.stream()
                .filter(Standins::isOfCause)
                .forEach(variable -> values.put(
                        variable,
                        switch (variable) {
                            case "coupon.code" -> "EXAMPLE-CODE";
                            case "coupon.description" -> shop.chinese() ? "示例优惠" : "an example offer";
                            case "coupon.validUntil" ->
                                now.plus(Duration.ofDays(30)).toString();
                            default -> "[" + variable + "]";
                        }));
        values.putAll(given);
        return values;
    }

    /// Nobody, for a try without a real customer.
    static Customer customer(Shop shop) {
        var standing = new Standing("vip", 3, null, -1, 1, null, 0, "growing", 1, List.of());
        return new Customer(
                shop.merchantId(),
                0,
                true,
                "example",
                shop.chinese() ? "张小雨" : "Alex Example",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                standing,
                null);
    }
}
