package io.regulars.campaign.template;

import java.util.List;

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

    private Variables() {}
}
