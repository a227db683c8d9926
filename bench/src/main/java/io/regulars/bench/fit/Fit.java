package io.regulars.bench.fit;

import java.util.Arrays;
import java.util.Locale;

/// What a contestant found.
///
/// @param seconds that it took, by the contestant's own clock, from the rows in memory
/// @param logLikelihood of all customers, with time in weeks
record Fit(double seconds, double r, double alpha, double a, double b, double logLikelihood) {

    /// What two who found the same optimum may differ by, as a part.
    private static final double SAME = 1e-6;

    /// @param line the figures in their order
    static Fit read(String line) {
        var figures = Arrays.stream(line.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Fit(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
    }

    boolean sameOptimumAs(Fit other) {
        return Math.abs(logLikelihood - other.logLikelihood) <= SAME * Math.abs(other.logLikelihood);
    }

    /// As Fader, Hardie and Lee (2005) print theirs.
    String asPublished() {
        return String.format(Locale.ROOT, "%.3f %.3f %.3f %.3f, %.1f", r, alpha, a, b, logLikelihood);
    }
}
