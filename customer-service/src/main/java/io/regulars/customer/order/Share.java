package io.regulars.customer.order;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.stream.IntStream;

/// What is kept of a line: units and minor units.
record Share(long quantity, long amount) {

    static final Share NOTHING = new Share(0, 0);

    /// Splits a total in proportion to the weights, exactly: each gets its part rounded down, and the units
    /// that are left go to those with the largest remainders, the first of equal ones first.
    ///
    /// @param total 0 to the sum of the weights; so none gets more than its weight
    static long[] split(long total, long[] weights) {
        BigInteger sum = BigInteger.ZERO;
        for (long weight : weights) {
            sum = sum.add(BigInteger.valueOf(weight));
        }
        var parts = new long[weights.length];
        if (total == 0) {
            return parts;
        }
        var remainders = new BigInteger[weights.length];
        long given = 0;
        for (int i = 0; i < weights.length; i++) {
            var exact = BigInteger.valueOf(total)
                    .multiply(BigInteger.valueOf(weights[i]))
                    .divideAndRemainder(sum);
            parts[i] = exact[0].longValueExact();
            remainders[i] = exact[1];
            given += parts[i];
        }
        IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
                .limit(total - given)
                .forEach(i -> parts[i]++);
        return parts;
    }

    /// The part of an amount that goes with some of its units, rounded half up.
    static long proportion(long amount, long units, long ofUnits) {
        if (units == ofUnits) {
            return amount;
        }
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(units))
                .shiftLeft(1)
                .add(BigInteger.valueOf(ofUnits))
                .divide(BigInteger.valueOf(ofUnits).shiftLeft(1))
                .longValueExact();
    }
}
