package io.regulars.campaign.lift;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Gamma;

/// The distributions, asked for tails so that small probabilities keep their digits.
final class Distributions {

    private static final NormalDistribution NORMAL = new NormalDistribution(0, 1);

    /// Of a two-sided test at 5 %, and of an interval of 95 %.
    static final double Z = NORMAL.inverseCumulativeProbability(0.975);

    /// Of a power of 80 %.
    static final double Z_POWER = NORMAL.inverseCumulativeProbability(0.8);

    private Distributions() {}

    static double normalTwoSided(double z) {
        return 2 * NORMAL.cumulativeProbability(-Math.abs(z));
    }

    static double studentTwoSided(double t, double df) {
        return 2 * new TDistribution(df).cumulativeProbability(-Math.abs(t));
    }

    /// The t that an interval of 95 % reaches to.
    static double student(double df) {
        return new TDistribution(df, 1e-12).inverseCumulativeProbability(0.975);
    }

    static double chiSquareAbove(double chiSquare, int df) {
        return chiSquare == 0 ? 1 : Gamma.regularizedGammaQ(df / 2.0, chiSquare / 2);
    }
}
