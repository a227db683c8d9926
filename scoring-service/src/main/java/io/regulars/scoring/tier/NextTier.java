package io.regulars.scoring.tier;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// What a customer lacks to the next tier, as ways to get there by buying now.
///
/// @param rank the tier it is about
/// @param points how many points are missing today
/// @param ways each enough by itself, the one with the fewest orders first
public record NextTier(int rank, int points, List<Way> ways) {

    /// @param orders further orders within the window
    /// @param amount minor units that they must add at the least
    public record Way(long orders, long amount) {}

    /// Null for who stands at the top.
    public static NextTier of(TierStanding standing, TierScale scale) {
        var rank = standing.rank() + 1;
        if (rank >= scale.ladder().size()) {
            return null;
        }
        var from = scale.ladder().get(rank).from();
        var missing = Math.max(0, from - standing.points().total());
        return new NextTier(rank, missing, ways(standing.points(), scale, from));
    }

    /// Only the thresholds matter: each number of orders that reaches a bin, with the least amount that then
    /// suffices; a way that needs more orders is worth naming only where it needs less money.
    private static List<Way> ways(TierStanding.Points now, TierScale scale, int from) {
        var ways = new ArrayList<Way>();
        var cheapest = Long.MAX_VALUE;
        for (var orders : steps(scale.orderLimits(), now.frequency(), 1)) {
            for (var amount : steps(scale.amountLimits(), now.monetary(), 0)) {
                var total = scale.points(0, now.frequency() + orders, now.monetary() + amount)
                        .total();
                if (total >= from && amount < cheapest) {
                    ways.add(new Way(orders, amount));
                    cheapest = amount;
                    break;
                }
            }
        }
        return List.copyOf(ways);
    }

    private static long[] steps(long[] limits, long have, long least) {
        return LongStream.concat(LongStream.of(least), LongStream.of(limits).map(limit -> limit - have))
                .filter(step -> step >= least)
                .sorted()
                .distinct()
                .toArray();
    }
}
