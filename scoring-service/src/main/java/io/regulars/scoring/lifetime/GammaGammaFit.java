package io.regulars.scoring.lifetime;

import org.hipparchus.special.Gamma;

import static java.lang.Math.exp;
import static java.lang.Math.log;

/// The Gamma-Gamma model that makes what a shop's repeat buyers spent the most likely.
///
/// @param logLikelihood of their means
record GammaGammaFit(GammaGamma model, double logLikelihood) {

    /// Shape of a customer's amounts, of the rates, and p·v/q (logarithms), amounts in units of the shop's mean
    /// purchase,
    /// so that every currency is alike.
    private static final double[] START = {log(4), log(4), log(0.75)};

    private static final double[] LOW = {log(1e-3), log(1e-2), log(1e-4)};
    private static final double[] HIGH = {log(1e4), log(1e4), log(1e4)};

    /// @throws FitFailed where it does not converge
    static GammaGammaFit of(Spending spending) {
        double unit = spending.meanPurchase();
        var likelihood = new Likelihood(spending, unit);
        var found =
                GreatestLikelihood.within(LOW, START, HIGH, spending.size(), point -> likelihood.of(model(point, 1)));
        var model = model(found.point(), unit);
        return new GammaGammaFit(model, logLikelihood(spending, model));
    }

    /// Of amounts in the merchant's currency.
    static double logLikelihood(Spending spending, GammaGamma model) {
        return new Likelihood(spending, 1).of(model);
    }

    private static GammaGamma model(double[] point, double unit) {
        return new GammaGamma(exp(point[0]), exp(point[1]), unit * exp(point[2] + point[1] - point[0]));
    }

    /// Equation 1a of the note, its logarithm, summed over the buyers.
    private static final class Likelihood {

        private final Spending spending;
        private final double unit;
        private final long[] buyersOf;
        private double logMeans;
        private double logSpentByRepeats;

        Likelihood(Spending spending, double unit) {
            this.spending = spending;
            this.unit = unit;
            buyersOf = new long[spending.mostRepeats() + 1];
            for (int buyer = 0; buyer < spending.size(); buyer++) {
                int x = spending.repeats(buyer);
                double spent = spending.spent(buyer) / unit;
                buyersOf[x]++;
                logMeans += log(spent / x);
                logSpentByRepeats += x * log(spent);
            }
        }

        double of(GammaGamma model) {
            double p = model.p();
            double q = model.q();
            double sum = p * logSpentByRepeats - logMeans;
            double rates = q * log(model.v()) - Gamma.logGamma(q);
            for (int x = 1; x < buyersOf.length; x++) {
                if (buyersOf[x] > 0) {
                    sum += buyersOf[x] * (rates + Gamma.logGamma(p * x + q) - Gamma.logGamma(p * x));
                }
            }
            for (int buyer = 0; buyer < spending.size(); buyer++) {
                sum -= (p * spending.repeats(buyer) + q) * log(model.v() + spending.spent(buyer) / unit);
            }
            return sum;
        }
    }
}
