package io.regulars.campaign.template;

import java.util.List;
import java.util.regex.Pattern;

/// The variables that a template may name.
public final class Variables {

    public static final List<String> ALL = List.of(
            "customer.name",
            "customer.maskedName",
            "customer.tier",
            "product.name",
            "product.code",
            "coupon.code",
            "coupon.description",
            "coupon.validUntil",
            "days",
            "shop.name",
            "unsubscribeUrl");

    /// What the campaign's cause tells, each by a name of its own.
    static final String EVENT = "event";

    private static final Pattern OF_EVENT = Pattern.compile("event\\.[A-Za-z][A-Za-z0-9_]{0,60}");

    private Variables() {}

    static boolean known(String name) {
        return ALL.contains(name) || OF_EVENT.matcher(name).matches();
    }
}
