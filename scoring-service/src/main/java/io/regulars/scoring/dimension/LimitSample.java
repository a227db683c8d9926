package io.regulars.scoring.dimension;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Gathers one dimension's values over a shop's buyers and says where its bins begin.
public final class LimitSample {

    private final boolean atMost;
    private final Scale scale;
    private final double[] thresholds;
    private double[] values = new double[256];
    private long[] customers = new long[256];
    private int size;

    /// @param thresholds as the merchant wrote them: multiples, or shares from 0 to 1
    public LimitSample(boolean atMost, Scale scale, double[] thresholds) {
        this.atMost = atMost;
        this.scale = scale;
        this.thresholds = thresholds;
    }

    /// @param value not a number where the customer has none; that is no part of the sample
    public void add(double value, long customer) {
        if (Double.isNaN(value)) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            customers = Arrays.copyOf(customers, 2 * size);
        }
        values[size] = value;
        customers[size++] = customer;
    }

    /// Null where nobody had a value.
    public Limits limits() {
        if (size == 0) {
            return null;
        }
        if (scale == Scale.rank) {
            return byRank();
        }
        if (scale == Scale.mean) {
            // Sorted, so that the sum does not depend on the order in which the customers came.
            var mean = Arrays.stream(sorted()).sum() / size;
            return new Limits(multiples(mean), null);
        }
        var sorted = sorted();
        if (scale == Scale.median) {
            return new Limits(multiples(quantile(sorted, 0.5)), null);
        }
        return new Limits(
                Arrays.stream(thresholds).map(share -> byValue(sorted, share)).toArray(), null);
    }

    private double[] sorted() {
        var sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private double[] multiples(double of) {
        return Arrays.stream(thresholds).map(times -> times * of).toArray();
    }

    /// A bin from a share on begins above that quantile, but the lowest takes in the least value too.
    private double byValue(double[] sorted, double share) {
        if (atMost) {
            return quantile(sorted, share);
        }
        return share == 0 ? sorted[0] : Math.nextUp(quantile(sorted, share));
    }

    /// Hyndman and Fan (1996), type 7: linear between the order statistics.
    static double quantile(double[] sorted, double share) {
        var place = share * (sorted.length - 1);
        var below = (int) Math.floor(place);
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private Limits byRank() {
        var order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> values[i]).thenComparingLong(i -> customers[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        var limits = new double[thresholds.length];
        var ties = new long[thresholds.length];
        for (var i = 0; i < thresholds.length; i++) {
            // The same quantile of the ranks 1 to n: the bin has those above it, or up to it.
            var upTo = (int) Math.floor(thresholds[i] * (size - 1));
            var at = atMost || thresholds[i] == 0 ? upTo : upTo + 1;
            limits[i] = at < size ? values[order[at]] : Double.POSITIVE_INFINITY;
            ties[i] = at < size ? customers[order[at]] : 0;
        }
        return new Limits(limits, ties);
    }
}
