package io.regulars.campaign.lift;

/// Where a figure lies with 95 % confidence.
public record Interval(double low, double high) {

    static Interval around(double middle, double reach) {
        return new Interval(middle - reach, middle + reach);
    }

    public Interval times(double factor) {
        return new Interval(low * factor, high * factor);
    }
}
