package io.regulars.scoring.lifetime;

import static java.lang.Math.exp;
import static java.lang.Math.log;
import static java.lang.Math.pow;

/// The BG/NBD model: customers buy at random at a rate of their own, and after each purchase may be gone for
/// good with a probability of their own. Time is in weeks in the parameters, in days elsewhere.
///
/// Fader, Hardie, Lee: "Counting Your Customers" the Easy Way, Marketing Science 24 (2005).
///
/// @param r shape of the rates' gamma distribution
/// @param alpha its rate, in weeks: r / alpha purchases a week are usual
/// @param a first parameter of the beta distribution of the probabilities to be gone
/// @param b its second
public record BgNbd(double r, double alpha, double a, double b) {

    static final double DAYS = 7;

    private static final double BESIDE_ONE = 1e-6;

    public BgNbd {
        if (!(r > 0 && alpha > 0 && a > 0 && b > 0)) {
            throw new IllegalArgumentException("parameters must be positive: %s %s %s %s".formatted(r, alpha, a, b));
        }
    }

    /// Probability that the customer is still one. 1 for who bought once: nobody is gone before a repeat.
    public double alive(BuyingPattern pattern) {
        return 1 / (1 + exp(logOddsGone(pattern, pattern.age())));
    }

    /// The first day, counted from the first purchase, on which the probability of being alive is below the
    /// threshold when no purchase follows; `Integer.MAX_VALUE` where it never is within a thousand years.
    public int aliveBelowOn(BuyingPattern pattern, double threshold) {
        if (pattern.repeats() == 0) {
            return Integer.MAX_VALUE;
        }
        int low = pattern.lastDay();
        int high = low + 365_000;
        double odds = log((1 - threshold) / threshold);
        if (logOddsGone(pattern, high) <= odds) {
            return Integer.MAX_VALUE;
        }
        // the odds grow with time, so that this is the same day wherever it is asked from
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (logOddsGone(pattern, middle) > odds) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// Whether that probability is below the threshold, decided as [#aliveBelowOn] decides it, to the day.
    public boolean aliveBelow(BuyingPattern pattern, double threshold) {
        return logOddsGone(pattern, pattern.age()) > log((1 - threshold) / threshold);
    }

    private double logOddsGone(BuyingPattern pattern, int age) {
        int x = pattern.repeats();
        return x == 0
                ? Double.NEGATIVE_INFINITY
                : log(a) - log(b + x - 1) + (r + x) * (log(alpha + age / DAYS) - log(alpha + pattern.lastDay() / DAYS));
    }

    /// Expected purchases within so many days from today: equation 10.
    public double purchases(BuyingPattern pattern, int days) {
        int x = pattern.repeats();
        double age = alpha + pattern.age() / DAYS;
        double t = days / DAYS;
        double z = t / (age + t);
        double c = notOne(a);
        double kept = pow(age / (age + t), r + x) * Hypergeometric.of(r + x, b + x, c + b + x - 1, z);
        return Math.max(0, (c + b + x - 1) / (c - 1) * (1 - kept) * alive(pattern));
    }

    /// Expected repeat purchases of a new customer in the first so many days: equation 9.
    public double purchasesOfNew(int days) {
        double t = days / DAYS;
        double c = notOne(a);
        double kept = pow(alpha / (alpha + t), r) * Hypergeometric.of(r, b, c + b - 1, t / (alpha + t));
        return Math.max(0, (c + b - 1) / (c - 1) * (1 - kept));
    }

    /// Where a is 1 the equations divide nothing by nothing; a little beside it they say what they tend to.
    private static double notOne(double a) {
        return Math.abs(a - 1) < BESIDE_ONE ? 1 + BESIDE_ONE : a;
    }

    /// In how many days half of such customers will have bought again, of those who are still customers.
    public double medianDaysToNext(BuyingPattern pattern) {
        return DAYS * (alpha + pattern.age() / DAYS) * Math.expm1(log(2) / (r + pattern.repeats()));
    }
}
