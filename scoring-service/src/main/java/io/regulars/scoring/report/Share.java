package io.regulars.scoring.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.regulars.kit.money.Money;

/// Parts of wholes, as reports round them.
final class Share {

    private static final int DIGITS = 4;

    private Share() {}

    /// 0 to 1, in four digits; 0 of nothing.
    static BigDecimal of(long part, long all) {
        return all == 0 ? BigDecimal.ZERO : ratio(part, all);
    }

    /// How many of these come to one of those, in four digits; null where there is none of those.
    static BigDecimal each(long all, long by) {
        return by == 0 ? null : ratio(all, by);
    }

    /// An amount by the order, rounded half-up to the minor unit; null where there is no order.
    static Money average(long minor, long orders, String currency) {
        return orders == 0
                ? null
                : Money.ofMinor(
                        BigDecimal.valueOf(minor)
                                .divide(BigDecimal.valueOf(orders), 0, RoundingMode.HALF_UP)
                                .longValueExact(),
                        currency);
    }

    private static BigDecimal ratio(long all, long by) {
        return BigDecimal.valueOf(all).divide(BigDecimal.valueOf(by), DIGITS, RoundingMode.HALF_UP);
    }
}
