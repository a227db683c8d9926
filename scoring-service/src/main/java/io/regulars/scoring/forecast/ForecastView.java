package io.regulars.scoring.forecast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

import io.regulars.kit.id.PublicId;

/// A forecast as callers see it.
///
/// @param causeOrderId the last order that holds the product
/// @param basis `lasts`: the merchant says how long a unit lasts; `customer`: the customer's own intervals of
///     the product; `product`, `category`: the cycle of those who bought it again; `rhythm`: the customer's own
///     cycle over all that they buy, for a product that they bought again
/// @param cycleDays from that order until the product runs out
/// @param confidence how surely the learned cycle is known; absent where the merchant says it
/// @param open whether the reminder window is open
public record ForecastView(
        String productCode,
        String productName,
        String causeOrderId,
        Instant boughtAt,
        Instant runsOutAt,
        Instant windowOpensAt,
        Instant windowClosesAt,
        String basis,
        BigDecimal cycleDays,
        ConfidenceView confidence,
        boolean open) {

    /// @param fromDays with `toDays` the interval that holds the true cycle by the chance of `level`
    /// @param level from 0 to 1; at least 0.95 where six values or more are known
    /// @param intervals between purchases that were learned from
    /// @param customers of whom they are
    public record ConfidenceView(
            BigDecimal fromDays, BigDecimal toDays, BigDecimal level, long intervals, long customers) {

        static ConfidenceView from(Confidence confidence) {
            return confidence == null
                    ? null
                    : new ConfidenceView(
                            rounded(confidence.fromDays(), 2),
                            rounded(confidence.toDays(), 2),
                            rounded(confidence.level(), 4),
                            confidence.intervals(),
                            confidence.customers());
        }
    }

    public static ForecastView from(Forecast forecast, Instant at) {
        return new ForecastView(
                forecast.productCode(),
                forecast.productName(),
                PublicId.format("ord", forecast.causeOrderId()),
                forecast.boughtAt(),
                forecast.runsOutAt(),
                forecast.opensAt(),
                forecast.closesAt(),
                forecast.basis().name(),
                rounded(forecast.cycleDays(), 2),
                ConfidenceView.from(forecast.confidence()),
                forecast.openAt(at));
    }

    private static BigDecimal rounded(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    }
}
