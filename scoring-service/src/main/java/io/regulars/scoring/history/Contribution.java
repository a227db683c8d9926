package io.regulars.scoring.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.regulars.events.OrderChanged.Status;

/// What one order adds to its customer's history.
///
/// An order counts when its status does and something of it was kept that is a product; an amount of 0.00 counts
/// too.
///
/// @param amount minor units kept; 0 where the order does not count
record Contribution(boolean counted, int day, long amount) {

    /// A line as far as it matters here.
    record Kept(String productCode, long quantity, long amount) {}

    static Contribution of(Status status, Instant orderedAt, List<Kept> lines, Shop shop) {
        var day = (int) LocalDate.ofInstant(orderedAt, shop.zone()).toEpochDay();
        var products = lines.stream()
                .filter(line ->
                        line.productCode() == null || !shop.nonProductCodes().contains(line.productCode()))
                .toList();
        if (!status.counts() || products.stream().noneMatch(line -> line.quantity() > 0)) {
            return new Contribution(false, day, 0);
        }
        return new Contribution(
                true, day, products.stream().mapToLong(Kept::amount).reduce(0, Math::addExact));
    }
}
