package io.regulars.customer.input;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.regulars.kit.money.Money;

/// Amounts of money as they are written, in minor units.
public final class Amounts {

    /// Ten thousand million of a currency with two decimals: beyond any order of a shop, far within a `long`.
    public static final long MOST = 1_000_000_000_000L;

    private static final int UNIT_PRICE_DECIMALS = 6;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(MOST);

    private Amounts() {}

    /// An amount with no more decimals than the currency has.
    public static long exact(Checks checks, String field, BigDecimal value, String currency) {
        if (!plausible(checks, field, value)) {
            return 0;
        }
        try {
            return bounded(checks, field, BigDecimal.valueOf(Money.minor(value, currency)));
        } catch (IllegalArgumentException e) {
            checks.violate(field, "has more decimals than %s (%d)".formatted(currency, Money.digits(currency)));
            return 0;
        }
    }

    /// An amount of an export, rounded half up where it has more decimals than the currency.
    public static long rounded(Checks checks, String field, BigDecimal value, String currency) {
        return plausible(checks, field, value) ? bounded(checks, field, minor(value, currency)) : 0;
    }

    /// A unit price. It may be finer than the currency (three for 0.99): an order line rounds once, its total.
    public static BigDecimal unitPrice(Checks checks, String field, BigDecimal value) {
        if (!plausible(checks, field, value)) {
            return BigDecimal.ZERO;
        }
        BigDecimal price = value.stripTrailingZeros();
        if (price.scale() > UNIT_PRICE_DECIMALS) {
            checks.violate(field, "must have at most " + UNIT_PRICE_DECIMALS + " decimals");
            return BigDecimal.ZERO;
        }
        return normal(price);
    }

    /// Quantity times unit price, rounded half up to the currency's minor unit.
    public static long line(Checks checks, String field, long quantity, BigDecimal unitPrice, String currency) {
        return bounded(checks, field, minor(unitPrice.multiply(BigDecimal.valueOf(quantity)), currency));
    }

    /// The one form of a price that is kept, so that equal prices are equal.
    public static BigDecimal normal(BigDecimal price) {
        BigDecimal stripped = price.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    private static BigDecimal minor(BigDecimal value, String currency) {
        return value.movePointRight(Money.digits(currency)).setScale(0, RoundingMode.HALF_UP);
    }

    /// Neither negative nor so great or long that arithmetic on it would hurt.
    private static boolean plausible(Checks checks, String field, BigDecimal value) {
        if (value.signum() < 0) {
            checks.violate(field, "must not be negative");
            return false;
        }
        if (value.precision() - value.scale() > HIGHEST.precision() || value.scale() > 30) {
            checks.violate(field, "is absurd for an amount of money");
            return false;
        }
        return true;
    }

    private static long bounded(Checks checks, String field, BigDecimal minor) {
        if (minor.compareTo(HIGHEST) > 0) {
            checks.violate(field, "must be at most %,d minor units".formatted(MOST));
            return 0;
        }
        return minor.longValueExact();
    }
}
