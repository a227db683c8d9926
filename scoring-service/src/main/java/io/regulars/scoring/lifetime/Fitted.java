package io.regulars.scoring.lifetime;

/// What was learned of a shop's customers as of a day.
///
/// @param buyers customers who had bought by then
/// @param repeatBuyers those of them who had bought on another day too
/// @param purchases how often they buy and when they are gone
/// @param spending what they spend; null where too few bought again, or the model does not fit
/// @param later what they were expected to buy after that day and bought; null where the day is today
public record Fitted(
        long buyers, long repeatBuyers, Purchases purchases, Spent spending, Tracking tracking, Later later) {

    /// @param logLikelihood with time in weeks
    public record Purchases(BgNbd model, double logLikelihood) {}

    /// @param buyers how many it was fitted on: who spent something on repeats
    public record Spent(GammaGamma model, double logLikelihood, long buyers) {}

    /// @param days from the day of the fit to today
    /// @param expected purchases of all customers in them
    /// @param actual of the same
    public record Later(int days, double expected, long actual) {}
}
