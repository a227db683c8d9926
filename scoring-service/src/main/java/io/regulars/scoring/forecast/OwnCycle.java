package io.regulars.scoring.forecast;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.regulars.scoring.forecast.Forecast.Purchase;

/// What a customer's own purchases say of their cycle: the median interval, where there are three at least.
final class OwnCycle {

    /// With fewer intervals a customer has no rhythm of their own.
    private static final int LEAST_INTERVALS = 3;

    /// What those intervals lie between.
    static final int LEAST_PURCHASES = LEAST_INTERVALS + 1;

    private static final double MILLIS = 86_400_000.0;

    private OwnCycle() {}

    /// Of one product.
    static Optional<Cycle> of(List<Purchase> purchases) {
        return median(Cycle.Basis.customer, gaps(purchases));
    }

    /// Of whatever the customer bought until a day. What came later is left out, so that a window stays where
    /// it is when they buy something else.
    ///
    /// @param days purchase days in order
    static Optional<Cycle> over(int[] days, int until) {
        var intervals = IntStream.range(1, days.length)
                .takeWhile(i -> days[i] <= until)
                .mapToDouble(i -> days[i] - days[i - 1]);
        return median(Cycle.Basis.rhythm, intervals);
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

    private static Optional<Cycle> median(Cycle.Basis basis, DoubleStream intervals) {
        var sorted =
                intervals.map(days -> Math.min(Forecast.LONGEST_DAYS, days)).toArray();
        if (sorted.length < LEAST_INTERVALS) {
            return Optional.empty();
        }
        Arrays.sort(sorted);
        var median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return Optional.of(Cycle.learned(basis, median, Confidence.ofIntervals(sorted)));
    }
}
