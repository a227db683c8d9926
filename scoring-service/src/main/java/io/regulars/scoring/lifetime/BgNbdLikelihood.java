package io.regulars.scoring.lifetime;

import org.hipparchus.special.Gamma;

import static java.lang.Math.log;

/// The likelihood of a shop's buying patterns under BG/NBD: equation 6 of the paper, its logarithm, time in
/// weeks.
///
/// Whatever depends on the number of repeats alone is added up for each such number, and logarithms are taken
/// once for each day, so that a pattern costs one exponential and one logarithm.
final class BgNbdLikelihood {

    private final PatternCounts patterns;
    private final long[] customersOf;
    private final double[] logOfDay;

    BgNbdLikelihood(PatternCounts patterns) {
        this.patterns = patterns;
        customersOf = new long[patterns.mostRepeats() + 1];
        logOfDay = new double[patterns.mostDays() + 1];
        for (int row = 0; row < patterns.size(); row++) {
            customersOf[patterns.repeats(row)] += patterns.customers(row);
        }
    }

    double of(BgNbd model) {
        for (int day = 0; day < logOfDay.length; day++) {
            logOfDay[day] = log(model.alpha() + day / BgNbd.DAYS);
        }
        double sum = byRepeats(model);
        double logA = log(model.a());
        for (int row = 0; row < patterns.size(); row++) {
            sum += patterns.customers(row) * byTime(row, model, logA);
        }
        return sum;
    }

    private double byRepeats(BgNbd model) {
        double both = model.a() + model.b();
        double none = model.r() * log(model.alpha());
        double gammas = Gamma.logGamma(both) - Gamma.logGamma(model.b()) - Gamma.logGamma(model.r());
        double sum = customersOf[0] * none;
        for (int x = 1; x < customersOf.length; x++) {
            if (customersOf[x] > 0) {
                double of = none
                        + gammas
                        + Gamma.logGamma(model.r() + x)
                        + Gamma.logGamma(model.b() + x)
                        - Gamma.logGamma(both + x);
                sum += customersOf[x] * of;
            }
        }
        return sum;
    }

    private double byTime(int row, BgNbd model, double logA) {
        int x = patterns.repeats(row);
        double rate = model.r() + x;
        double logAge = logOfDay[patterns.age(row)];
        if (x == 0) {
            return -rate * logAge;
        }
        double oddsGone = logA - log(model.b() + x - 1) + rate * (logAge - logOfDay[patterns.lastDay(row)]);
        return softplus(oddsGone) - rate * logAge;
    }

    /// log(1 + e^x) without overflow.
    private static double softplus(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }
}
