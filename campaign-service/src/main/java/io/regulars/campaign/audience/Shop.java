package io.regulars.campaign.audience;

import java.time.ZoneId;
import java.time.ZoneOffset;

/// A merchant as its customers know it.
public record Shop(int merchantId, String name, ZoneId zone, String currency, String locale) {

    /// What holds until the merchant's own record has come.
    static Shop unknown(int merchantId) {
        return new Shop(merchantId, "", ZoneOffset.UTC, "CNY", "zh-CN");
    }

    public boolean chinese() {
        return locale != null && locale.startsWith("zh");
    }
}
