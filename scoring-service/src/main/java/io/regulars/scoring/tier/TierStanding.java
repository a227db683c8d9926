package io.regulars.scoring.tier;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Where a customer stands on the ladder on a day.
///
/// @param rank the tier held
/// @param since the day on which it was reached, or [io.regulars.scoring.history.PurchaseHistory#NEVER] where it
///     was held from the beginning
/// @param earned the rank that today's points are worth; below `rank` while a grace period runs
/// @param fallsOn the day on which the grace period ends, or NEVER
/// @param changesOn the first later day on which anything of this could change by time alone, or NEVER
public record TierStanding(int rank, int since, int earned, int fallsOn, int changesOn, Points points) {

    /// The same while another tier is held by hand.
    public TierStanding pinned(int tier, int day) {
        return new TierStanding(tier, day, earned, NEVER, changesOn, points);
    }

    /// @param recencyDays days since the last order, -1 where there is none
    /// @param frequency orders in the window
    /// @param monetary minor units kept in the window
    public record Points(
            int recencyDays,
            int recencyPoints,
            long frequency,
            int frequencyPoints,
            long monetary,
            int monetaryPoints,
            int total) {}
}
