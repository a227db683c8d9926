package io.regulars.scoring.lifetime;

/// The Gamma-Gamma model: what a customer spends on a purchase varies around a mean of their own, which varies
/// between customers and does not depend on how often they buy. Amounts in the merchant's currency.
///
/// Fader, Hardie: The Gamma-Gamma Model of Monetary Value (2013).
///
/// @param p shape of a customer's amounts
/// @param q shape of the distribution of their rates; more than 1 where there is a mean at all
/// @param v its scale
public record GammaGamma(double p, double q, double v) {

    public GammaGamma {
        if (!(p > 0 && q > 0 && v > 0)) {
            throw new IllegalArgumentException("parameters must be positive: %s %s %s".formatted(p, q, v));
        }
    }

    /// What a purchase is expected to be worth: between the customer's own mean and the shop's, the nearer to
    /// the own the more repeats there are. Equation 5.
    ///
    /// @param repeats purchases that the amount is of
    /// @param spent on them in all
    /// @return infinite where neither the customer nor the shop has a mean (q ≤ 1 and no repeats)
    public double mean(int repeats, double spent) {
        double rates = p * repeats + q - 1;
        return rates <= 0 ? Double.POSITIVE_INFINITY : p * (v + spent) / rates;
    }
}
