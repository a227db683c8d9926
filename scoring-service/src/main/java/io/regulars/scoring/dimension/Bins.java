package io.regulars.scoring.dimension;

import java.util.Arrays;

/// Points by thresholds.
///
/// @param atMost whether less is better: then a bin takes values up to its limit, the first that fits counting;
///     else it takes values from its limit on, the last that fits counting
/// @param limits ascending
/// @param ties for each limit the customer from whom on (or, where less is better, up to whom) a value that equals the
///     limit is in the bin; null where equal values are
/// @param points of each bin
public record Bins(boolean atMost, double[] limits, long[] ties, int[] points) {

    /// @param otherwise where the value is in no bin
    public int points(double value, long customer, int otherwise) {
        if (atMost) {
            for (var i = 0; i < limits.length; i++) {
                if (value < limits[i] || (value == limits[i] && (ties == null || customer <= ties[i]))) {
                    return points[i];
                }
            }
            return otherwise;
        }
        var reached = otherwise;
        for (var i = 0; i < limits.length; i++) {
            if (value > limits[i] || (value == limits[i] && (ties == null || customer >= ties[i]))) {
                reached = points[i];
            }
        }
        return reached;
    }

    int greatest() {
        return Arrays.stream(points).max().orElse(0);
    }
}
