package io.regulars.events;

import java.util.List;

/// A merchant and the settings that more than one service needs.
///
/// @param timeZone IANA zone in which the merchant's days begin
/// @param currency ISO 4217; all amounts of this merchant's events are minor units of it
/// @param locale BCP 47 language the shop writes its messages in by default
/// @param nonProductCodes product codes that stand for no product (postage, fees, manual entries); lines with them
/// count
///     neither as purchases nor as amounts
public record MerchantChanged(
        int merchantId,
        long version,
        String name,
        String timeZone,
        String currency,
        String locale,
        List<String> nonProductCodes)
        implements Event {

    public MerchantChanged {
        nonProductCodes = Lists.copy(nonProductCodes);
    }

    @Override
    public String thing() {
        return "merchant";
    }

    @Override
    public long customerId() {
        return 0;
    }
}
