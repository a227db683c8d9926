package io.regulars.scoring.forecast;

/// How long a purchase lasts.
///
/// @param perUnit whether `days` is for one unit, so that more units last longer; a learned cycle is for a
///     purchase
public record Cycle(Basis basis, double days, boolean perUnit) {

    /// Where the cycle comes from, the surest first.
    public enum Basis {
        lasts,
        product,
        category,
        customer
    }

    static Cycle lasts(double daysPerUnit) {
        return new Cycle(Basis.lasts, daysPerUnit, true);
    }

    static Cycle learned(Basis basis, double days) {
        return new Cycle(basis, days, false);
    }
}
