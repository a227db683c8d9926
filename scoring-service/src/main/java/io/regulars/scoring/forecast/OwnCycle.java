package io.regulars.scoring.forecast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.regulars.scoring.forecast.Forecast.Purchase;

/// What a customer's own purchases say of their cycle: the median interval, where there are three at least.
final class OwnCycle {

    /// With fewer intervals a customer has no rhythm of their own.
    private static final int LEAST_INTERVALS = 3;

    private static final double MILLIS = 86_400_000.0;

    private OwnCycle() {}

    /// Of one product.
    static Optional<Cycle> of(List<Purchase> purchases) {
        var sorted = gaps(purchases)
                .map(days -> Math.min(Forecast.LONGEST_DAYS, days))
                .sorted()
                .toArray();
        return median(Cycle.Basis.customer, sorted);
    }

    /// Whether the product was bought on different days at all: what was bought once need not be needed again.
    static boolean boughtAgain(List<Purchase> purchases) {
        return gaps(purchases).findAny().isPresent();
    }

    /// In days; purchases within a day of each other are one.
    private static DoubleStream gaps(List<Purchase> purchases) {
        return IntStream.range(1, purchases.size())
                .mapToLong(i -> Duration.between(
                                purchases.get(i - 1).at(), purchases.get(i).at())
                        .toMillis())
                .filter(millis -> millis >= MILLIS)
                .mapToDouble(millis -> millis / MILLIS);
    }

    /// @param sorted intervals in days, the shortest first
    static Optional<Cycle> median(Cycle.Basis basis, double[] sorted) {
        if (sorted.length < LEAST_INTERVALS) {
            return Optional.empty();
        }
        var median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return Optional.of(Cycle.learned(basis, median, Confidence.ofIntervals(sorted)));
    }
}
