package io.regulars.scoring.tier;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.regulars.scoring.dimension.Facts;
import io.regulars.scoring.history.PurchaseHistory;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// What a customer lacks to the next tier, as ways to get there by buying now.
///
/// @param rank the tier it is about
/// @param points how many points are missing today
/// @param ways each enough by itself, the one with the fewest orders first
public record NextTier(int rank, int points, List<Way> ways) {

    /// How far ahead a way is followed: what still suffices then has no end worth naming.
    private static final int AHEAD_DAYS = 366;

    private static final int MOST_CHANGES = 200;

    /// @param orders further orders
    /// @param amount minor units that they must add at the least
    /// @param before the first day on which as much would no longer do, or [PurchaseHistory#NEVER]
    public record Way(long orders, long amount, int before) {}

    /// Null for who stands at the top.
    public static NextTier of(TierStanding standing, TierScale scale, PurchaseHistory history, int today) {
        var rank = standing.rank() + 1;
        if (rank >= scale.ladder().size()) {
            return null;
        }
        var from = scale.ladder().get(rank).from();
        var missing = Math.max(0, from - standing.points().total());
        return new NextTier(rank, missing, new Search(scale, history, from).ways(today));
    }

    /// Tries purchases on the scale itself, so that every dimension has its say. Only thresholds matter: each number of
    /// orders that reaches a bin, with the least amount that then suffices; a way that needs more orders is worth
    /// naming only where it needs less money.
    private record Search(TierScale scale, PurchaseHistory history, int from) {

        List<Way> ways(int today) {
            var ways = new ArrayList<Way>();
            var cheapest = Long.MAX_VALUE;
            var facts = new Facts(history);
            for (var orders : scale.stepsOfOrders(facts, today)) {
                for (var amount : scale.stepsOfAmount(facts, orders, today)) {
                    if (amount < cheapest && suffices(orders, amount, today)) {
                        ways.add(new Way(orders, amount, before(orders, amount, today)));
                        cheapest = amount;
                        break;
                    }
                }
            }
            return List.copyOf(ways);
        }

        private boolean suffices(long orders, long amount, int day) {
            return scale.total(new Facts(history.with(day, orders, amount)), day) >= from;
        }

        /// What the purchases so far are worth changes on few days; between them waiting costs nothing.
        private int before(long orders, long amount, int today) {
            var days = new TreeSet<Integer>();
            var facts = new Facts(history);
            for (var dimension : scale.dimensions()) {
                var day = dimension.changesOn(facts, today);
                for (var i = 0; i < MOST_CHANGES && day <= today + AHEAD_DAYS; i++) {
                    days.add(day);
                    day = dimension.changesOn(facts, day);
                }
            }
            return days.stream()
                    .filter(day -> !suffices(orders, amount, day))
                    .findFirst()
                    .orElse(NEVER);
        }
    }
}
