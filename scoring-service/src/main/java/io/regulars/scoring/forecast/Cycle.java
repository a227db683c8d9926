package io.regulars.scoring.forecast;

/// How long a purchase lasts.
///
/// @param perUnit whether `days` is for one unit, so that more units last longer; a learned cycle is for a
///     purchase
/// @param confidence null for the merchant's word, and for what was learned before it was kept
public record Cycle(Basis basis, double days, boolean perUnit, Confidence confidence) {

    /// Where the cycle comes from, the surest first: the merchant's word; the customer's own intervals of the
    /// product; those of all who bought it again; those of its category; the customer's own of whatever they
    /// buy.
    public enum Basis {
        lasts,
        customer,
        product,
        category,
        rhythm
    }

    public static Cycle lasts(double daysPerUnit) {
        return new Cycle(Basis.lasts, daysPerUnit, true, null);
    }

    static Cycle learned(Basis basis, double days) {
        return learned(basis, days, null);
    }

    static Cycle learned(Basis basis, double days, Confidence confidence) {
        return new Cycle(basis, days, false, confidence);
    }
}
