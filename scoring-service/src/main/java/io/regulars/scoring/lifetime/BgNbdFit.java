package io.regulars.scoring.lifetime;

import static java.lang.Math.exp;
import static java.lang.Math.log;

/// The BG/NBD model that makes a shop's purchases the most likely.
///
/// @param logLikelihood of all its customers, with time in weeks
record BgNbdFit(BgNbd model, double logLikelihood) {

    /// Purchases a week, shape of the rates, odds to be gone after a purchase, and how alike customers are in
    /// them (logarithms of r/alpha, r, a/b and √(ab)): the data tell these apart, as they do not r from alpha
    /// nor a from b.
    private static final double[] START = {log(0.08), log(0.5), log(0.33), log(1.7)};

    private static final double[] LOW = {log(1e-6), log(1e-3), log(1e-4), log(1e-3)};
    private static final double[] HIGH = {log(1e3), log(1e3), log(1e4), log(1e3)};

    /// @throws FitFailed where it does not converge
    static BgNbdFit of(PatternCounts patterns) {
        var likelihood = new BgNbdLikelihood(patterns);
        var found = GreatestLikelihood.within(LOW, START, HIGH, patterns.total(), point -> likelihood.of(model(point)));
        return new BgNbdFit(model(found.point()), found.logLikelihood());
    }

    private static BgNbd model(double[] point) {
        double r = exp(point[1]);
        return new BgNbd(r, r / exp(point[0]), exp(point[3] + point[2] / 2), exp(point[3] - point[2] / 2));
    }
}
