package io.regulars.bench.measure;

import java.util.Arrays;

/// The middle one of some figures, with the least and the greatest.
public record Spread(double median, double least, double greatest) {

    public static Spread of(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        var sorted = figures.clone();
        Arrays.sort(sorted);
        var middle = sorted.length / 2;
        return new Spread(
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
                sorted[0],
                sorted[sorted.length - 1]);
    }

    /// How far apart the extremes lie, as a part of the median.
    public double width() {
        return (greatest - least) / median;
    }
}
