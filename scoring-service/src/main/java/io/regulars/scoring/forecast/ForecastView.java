package io.regulars.scoring.forecast;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

import io.regulars.kit.id.PublicId;

/// A forecast as callers see it.
///
/// @param causeOrderId the last order that holds the product
/// @param basis `lasts`: the merchant says how long a unit lasts; `product`, `category`, `customer`: a learned
///     cycle
/// @param cycleDays from that order until the product runs out
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
        boolean open) {

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
                BigDecimal.valueOf(forecast.cycleDays()).setScale(2, RoundingMode.HALF_UP),
                forecast.openAt(at));
    }
}
