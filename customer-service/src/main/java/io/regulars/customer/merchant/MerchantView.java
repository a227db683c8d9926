package io.regulars.customer.merchant;

import java.util.List;

import io.regulars.kit.id.PublicId;

/// Settings as they are read.
public record MerchantView(
        String id, String name, String timeZone, String currency, String locale, List<String> nonProductCodes) {

    public static MerchantView of(Settings settings) {
        return new MerchantView(
                PublicId.format("mer", settings.merchantId()),
                settings.name(),
                settings.timeZone(),
                settings.currency(),
                settings.locale(),
                settings.nonProductCodes());
    }
}
