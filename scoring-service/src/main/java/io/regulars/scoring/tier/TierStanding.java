package io.regulars.scoring.tier;

import java.util.List;

import io.regulars.scoring.dimension.Dimension.Scored;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Where a customer stands on the ladder on a day.
///
/// @param rank the tier held
/// @param since the day on which it was reached, or [io.regulars.scoring.history.PurchaseHistory#NEVER] where it
///     was held from the beginning
/// @param earned the rank that today's points are worth
/// @param fallsOn the day on which the tier ends unless points come, or NEVER
/// @param changesOn the first later day on which anything of this could change by time alone, or NEVER
public record TierStanding(int rank, int since, int earned, int fallsOn, int changesOn, Points points) {

    /// The same while another tier is held by hand.
    public TierStanding pinned(int tier, int day) {
        return new TierStanding(tier, day, earned, NEVER, changesOn, points);
    }

    /// @param of each dimension; recency, frequency and monetary value are the first three
    public record Points(List<Scored> of, int total) {

        static Points of(List<Scored> dimensions) {
            return new Points(
                    dimensions, dimensions.stream().mapToInt(Scored::weighted).sum());
        }

        /// Days since the last order, -1 where there is none.
        public int recencyDays() {
            var days = of.get(0).value();
            return Double.isNaN(days) ? -1 : (int) days;
        }

        /// Orders in the window.
        public long frequency() {
            return (long) of.get(1).value();
        }

        /// Minor units kept in the window.
        public long monetary() {
            var amount = of.get(2).value();
            return Double.isNaN(amount) ? 0 : (long) amount;
        }
    }
}
