package io.regulars.scoring.dimension;

/// What the thresholds of a dimension's bins count in. All but `fixed` are learned from the shop's buyers on the
/// model's schedule and kept with the model, so that one customer's order never moves another's bin.
public enum Scale {
    /// The dimension's own unit: days, orders, units of the currency.
    fixed,
    /// Multiples of the buyers' mean.
    mean,
    /// Multiples of the buyers' median.
    median,
    /// Shares of the buyers, by value: a value counts as above a share where it is greater than that quantile, linearly
    /// interpolated (Hyndman and Fan's type 7). Equal values share a bin, so bins may differ in size.
    quantile,
    /// Shares of the buyers, by rank: bins of equal size. Equal values are ranked in the order in which the shop met
    /// the customers.
    rank;

    public boolean learned() {
        return this != fixed;
    }

    public boolean isShare() {
        return this == quantile || this == rank;
    }
}
