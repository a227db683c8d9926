package io.regulars.campaign.template;

import java.util.List;
import java.util.Set;
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

    /// Products for this customer, to loop over: what the catalogue relates to the last purchase; what is
    /// bought together with it; what sells best of its categories; and `any`, the first of those that has
    /// some, else what sells best in the shop. What the customer has already is in none of them.
    public static final List<String> LISTS =
            List.of("recommended.related", "recommended.together", "recommended.bestSellers", "recommended.any");

    /// What a product of a list tells; a price and a link it may lack.
    public static final List<String> OF_PRODUCT = List.of("name", "code", "category", "price", "link");

    static final Set<String> OF_EVERY_PRODUCT = Set.of("name", "code");

    static final String RECOMMENDED = "recommended.";

    /// What the campaign's cause tells, each by a name of its own.
    static final String EVENT = "event";

    private static final Pattern OF_EVENT = Pattern.compile("event\\.[A-Za-z][A-Za-z0-9_]{0,60}");

    private Variables() {}

    static boolean known(String name) {
        return ALL.contains(name) || OF_EVENT.matcher(name).matches();
    }
}
