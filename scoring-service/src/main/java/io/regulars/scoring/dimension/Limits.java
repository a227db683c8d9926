package io.regulars.scoring.dimension;

import java.util.Arrays;

/// The thresholds of one dimension as they were learned from a shop, in the dimension's own unit (amounts in minor
/// units).
///
/// @param ties as in [Bins], null unless learned by rank
public record Limits(double[] values, long[] ties) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Limits(var itsValues, var itsTies)
                && Arrays.equals(values, itsValues)
                && Arrays.equals(ties, itsTies);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values) + (ties == null ? "" : " from " + Arrays.toString(ties));
    }
}
