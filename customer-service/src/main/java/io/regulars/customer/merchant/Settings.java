package io.regulars.customer.merchant;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import io.regulars.events.MerchantChanged;

/// A merchant as it stands.
public record Settings(
        int merchantId,
        long version,
        String name,
        String timeZone,
        String currency,
        String locale,
        List<String> nonProductCodes) {

    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }

    public Set<String> nonProducts() {
        return Set.copyOf(nonProductCodes);
    }

    MerchantChanged event() {
        return new MerchantChanged(merchantId, version, name, timeZone, currency, locale, nonProductCodes);
    }
}
