package io.regulars.kit.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// An amount as people write it: `{"amount": "199.00", "currency": "CNY"}`. Inside it is a `long` of minor units.
public record Money(
        @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING, examples = "199.00")
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        BigDecimal amount,

        @Schema(examples = "CNY") String currency) {

    public static Money ofMinor(long minor, String currency) {
        return new Money(major(minor, currency), currency);
    }

    /// @throws IllegalArgumentException where the amount is finer than the currency's minor unit, or beyond a `long`
    public long toMinor() {
        return minor(amount, currency);
    }

    /// @throws IllegalArgumentException where the amount is finer than the currency's minor unit, or beyond a `long`
    public static long minor(BigDecimal amount, String currency) {
        try {
            return amount.setScale(digits(currency), RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "%s is no amount of %s, which has %d decimals"
                            .formatted(amount.toPlainString(), currency, digits(currency)),
                    e);
        }
    }

    public static BigDecimal major(long minor, String currency) {
        return BigDecimal.valueOf(minor, digits(currency));
    }

    /// Decimals of the currency's minor unit: 2 for CNY, 0 for JPY.
    ///
    /// @throws IllegalArgumentException where ISO 4217 knows no such currency
    public static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }
}
