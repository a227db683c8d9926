package io.regulars.scoring.forecast;

import org.hipparchus.distribution.discrete.BinomialDistribution;

/// How surely a learned cycle, which is a median, is known: the interval between two of the values it is the
/// median of, the k-th from below and the k-th from above, with the chance that such an interval holds the true
/// median, whatever the intervals are distributed like: 1 - 2·P(B < k) for a binomial B of n tosses of a fair
/// coin (Thompson 1936; David and Nagaraja, Order Statistics, 3rd ed., 7.1; Conover, Practical Nonparametric
/// Statistics, 3rd ed., 3.2). The narrowest is taken whose chance is at least 95 %; of fewer than six values
/// there is none, and all of them are spanned.
///
/// @param fromDays lower end; the cycle itself lies within
/// @param values how many values the median is of: intervals of a customer, or customers of a product
/// @param intervals between two purchase days, all that were learned from
/// @param customers of whom they are
public record Confidence(double fromDays, double toDays, long values, long intervals, long customers) {

    /// Half of the standard normal's 97.5 % point: a little more than 0.9799819, so that rounding errs to the
    /// wide.
    private static final double HALF_OF_1_96 = 0.979982;

    /// The k of so many values, which SQL works out alike: by the normal approximation with continuity
    /// correction, one less than the exact k for one number in a hundred, never more.
    static final String RANK_IN_SQL =
            "greatest(1, floor((%1$s + 1) / 2.0::float8 - " + HALF_OF_1_96 + " * sqrt(%1$s)))";

    static int rank(long values) {
        return (int) Math.max(1, Math.floor((values + 1) / 2.0 - HALF_OF_1_96 * Math.sqrt(values)));
    }

    /// Of one customer's own intervals.
    ///
    /// @param sorted in days, the shortest first
    static Confidence ofIntervals(double[] sorted) {
        int k = rank(sorted.length);
        return new Confidence(sorted[k - 1], sorted[sorted.length - k], sorted.length, sorted.length, 1);
    }

    /// The chance that such an interval holds the true median, from 0 to 1.
    public double level() {
        int n = (int) Math.min(Integer.MAX_VALUE, values);
        return Math.max(0, 1 - 2 * new BinomialDistribution(n, 0.5).cumulativeProbability(rank(n) - 1));
    }
}
