package io.regulars.scoring.lifetime;

/// Gauss's hypergeometric function.
final class Hypergeometric {

    private static final int MOST_TERMS = 1_000_000;
    private static final double PRECISION = 1e-15;

    private Hypergeometric() {}

    /// 2F1(a, b; c; z) for 0 ≤ z < 1 and c no integer below 1, by its series, or by that of Euler's transformation
    /// (Abramowitz and Stegun 15.3.3) where it is the shorter one.
    ///
    /// @throws ArithmeticException where the series does not end
    static double of(double a, double b, double c, double z) {
        if (!(z >= 0 && z < 1)) {
            throw new IllegalArgumentException("0 ≤ z < 1 is needed, not " + z);
        }
        double excess = c - a - b;
        return excess < 0 ? Math.pow(1 - z, excess) * series(c - a, c - b, c, z) : series(a, b, c, z);
    }

    private static double series(double a, double b, double c, double z) {
        double sum = 1;
        double term = 1;
        for (int n = 0; n < MOST_TERMS; n++) {
            double ratio = (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            term *= ratio;
            sum += term;
            // what follows is no more than a geometric series once the ratio falls below 1
            if (Math.abs(term) <= PRECISION * Math.abs(sum) * (1 - Math.min(z, 1 - 1e-12)) && Math.abs(ratio) < 1) {
                return sum;
            }
        }
        throw new ArithmeticException("2F1(%s, %s; %s; %s) does not end".formatted(a, b, c, z));
    }
}
