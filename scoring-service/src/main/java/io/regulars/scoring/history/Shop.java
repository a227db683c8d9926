package io.regulars.scoring.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

import io.regulars.kit.money.Money;

/// A merchant as scoring needs to know it.
///
/// @param version 0 while the merchant's own event has not come: nothing is scored until then
/// @param modelVersion the active model
/// @param calibrationNo what it has learned last, 0 for nothing yet
/// @param fitId the fit of the lifetime models that scoring goes by, 0 for none yet
public record Shop(
        int merchantId,
        long version,
        ZoneId zone,
        String currency,
        String locale,
        Set<String> nonProductCodes,
        int modelVersion,
        int calibrationNo,
        long fitId) {

    public boolean known() {
        return version > 0;
    }

    /// The instant's day in the merchant's zone.
    public int day(Instant at) {
        return (int) LocalDate.ofInstant(at, zone).toEpochDay();
    }

    /// Whether a line counts for its category: something of it was kept, and it is a product.
    boolean inCategory(String productCode, String category, long keptQuantity) {
        return category != null && keptQuantity > 0 && (productCode == null || !nonProductCodes.contains(productCode));
    }

    public int fractionDigits() {
        return Money.digits(currency);
    }
}
