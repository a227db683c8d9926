package io.regulars.campaign.coupon;

import java.math.BigDecimal;

import io.regulars.campaign.reading.Fields;
import io.regulars.kit.money.Money;

/// Reads amounts of money in the shop's currency.
final class Amounts {

    private static final long MOST = 1_000_000_000_000L;

    private Amounts() {}

    /// Minor units; null where there is none, or where it is wrong.
    ///
    /// @param least minor units
    static Long read(Fields of, String field, String currency, long least) {
        Fields fields = of.object(field);
        if (fields == null) {
            return null;
        }
        BigDecimal amount = fields.required("amount", fields.decimal("amount"));
        String named = fields.text("currency", 3);
        fields.done();
        if (named != null && !named.equals(currency)) {
            fields.fault("currency", "must be the shop's: " + currency);
            return null;
        }
        if (amount == null) {
            return null;
        }
        try {
            long minor = Money.minor(amount, currency);
            if (minor >= least && minor < MOST) {
                return minor;
            }
        } catch (IllegalArgumentException e) {
            fields.fault("amount", e.getMessage());
            return null;
        }
        fields.fault("amount", least > 0 ? "must be more than nothing, and sensible" : "must be sensible");
        return null;
    }
}
