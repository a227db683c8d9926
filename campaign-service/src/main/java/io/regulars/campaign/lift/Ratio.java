package io.regulars.campaign.lift;

/// The ratio of two means that do not depend on each other.
final class Ratio {

    private Ratio() {}

    /// Of the ratio less 1, by the delta method: its variance is var(a)/b² + a² var(b)/b⁴.
    static Interval interval(double above, double aboveVariance, double below, double belowVariance) {
        double ratio = above / below;
        double variance = (aboveVariance + ratio * ratio * belowVariance) / (below * below);
        return Interval.around(ratio - 1, Distributions.Z * Math.sqrt(variance));
    }
}
