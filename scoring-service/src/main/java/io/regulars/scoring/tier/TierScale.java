package io.regulars.scoring.tier;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.regulars.scoring.dimension.Dimension;
import io.regulars.scoring.dimension.Facts;
import io.regulars.scoring.dimension.Limits;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Windows;
import io.regulars.scoring.lifecycle.Lifecycle;
import io.regulars.scoring.tier.TierStanding.Points;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Turns a history into a standing on the ladder.
///
/// The tier held is a function of the facts as they stand and of the day, of nothing else: the history is replayed
/// from its first day, up at once; down when the points have been below what keeps the tier for the whole grace
/// period, and the tier was held for its minimum stay. So it does not matter when or in which order events came, and
/// a refunded order never made anyone a VIP.
public final class TierScale {

    private static final long MOST_ORDERS = 1_000_000;
    private static final long MOST_AMOUNT = 1L << 50;

    private final TierRules rules;
    private final List<Dimension> dimensions;
    private final int[] from;
    private final int[] keptFrom;

    /// @param fractionDigits of the merchant's currency
    /// @param learned thresholds by the dimension's name
    /// @param lifecycle for a ladder that gives points for stages
    public TierScale(TierRules rules, int fractionDigits, Map<String, Limits> learned, Lifecycle lifecycle) {
        this.rules = rules;
        dimensions = new TierDimensions(rules, fractionDigits, learned).all(lifecycle);
        from = rules.ladder().stream().mapToInt(TierRules.Tier::from).toArray();
        keptFrom = rules.ladder().stream().mapToInt(TierRules.Tier::keptFrom).toArray();
    }

    public List<TierRules.Tier> ladder() {
        return rules.ladder();
    }

    /// The place of a tier on the ladder, -1 where there is none of that name.
    public int rankOf(String key) {
        var rank = rules.ladder().size() - 1;
        while (rank >= 0 && !rules.ladder().get(rank).key().equals(key)) {
            rank--;
        }
        return rank;
    }

    List<Dimension> dimensions() {
        return dimensions;
    }

    Points points(Facts facts, int day) {
        return Points.of(
                dimensions.stream().map(dimension -> dimension.on(facts, day)).toList());
    }

    int total(Facts facts, int day) {
        var total = 0;
        for (var dimension : dimensions) {
            total += dimension.on(facts, day).weighted();
        }
        return total;
    }

    /// Numbers of further orders that reach a bin of some dimension, from 1 on, ascending.
    SortedSet<Long> stepsOfOrders(Facts facts, int day) {
        return steps(dimensions.stream().flatMapToLong(dimension -> dimension.ordersTo(facts, day)), 1, MOST_ORDERS);
    }

    /// Minor units that reach a bin of some dimension together with so many orders, from 0 on, ascending.
    SortedSet<Long> stepsOfAmount(Facts facts, long orders, int day) {
        return steps(
                dimensions.stream().flatMapToLong(dimension -> dimension.amountsTo(facts, orders, day)),
                0,
                MOST_AMOUNT);
    }

    private static SortedSet<Long> steps(LongStream found, long least, long most) {
        return LongStream.concat(LongStream.of(least), found)
                .filter(step -> step >= least && step <= most)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The highest tier that so many points reach.
    int rank(int total) {
        var rank = 0;
        while (rank + 1 < from.length && total >= from[rank + 1]) {
            rank++;
        }
        return rank;
    }

    /// Where a customer of a tier falls to: the highest tier below it that so many points reach or keep.
    private int fallenTo(int held, int total) {
        var rank = held;
        while (rank > 0 && total < keptFrom[rank]) {
            rank--;
        }
        return rank;
    }

    public TierStanding on(PurchaseHistory history, int today) {
        return on(new Facts(history), today);
    }

    public TierStanding on(Facts facts, int today) {
        var replay = new Replay(facts);
        replay.until(today);
        var points = points(facts, today);
        return new TierStanding(
                replay.held, replay.since, rank(points.total()), replay.fallsOn(), replay.changesOn, points);
    }

    private int changesOn(Facts facts, int day) {
        var first = NEVER;
        for (var dimension : dimensions) {
            first = Math.min(first, dimension.changesOn(facts, day));
        }
        return first;
    }

    /// Walks over the days on which the points can change and keeps what the customer holds.
    private final class Replay {

        private final Facts facts;
        private int held;
        private int since = NEVER;
        private int tooFewSince = NEVER;
        private int changesOn = NEVER;

        Replay(Facts facts) {
            this.facts = facts;
        }

        void until(int today) {
            var day = facts.firstDay();
            held = rank(total(facts, Math.min(day, today + 1) - 1));
            while (day <= today) {
                var end = changesOn(facts, day);
                step(day, end, today);
                day = end;
            }
            changesOn = Math.min(day, fallsOn());
        }

        /// The points are the same from the day to the end.
        private void step(int day, int end, int today) {
            var total = total(facts, day);
            var earned = rank(total);
            if (earned > held) {
                since = day;
                held = earned;
                tooFewSince = NEVER;
            } else if (total >= keptFrom[held]) {
                tooFewSince = NEVER;
            } else {
                tooFewSince = Math.min(tooFewSince, day);
                var falls = fallsOn();
                if (falls < end && falls <= today) {
                    held = fallenTo(held, total);
                    since = falls;
                    tooFewSince = NEVER;
                }
            }
        }

        int fallsOn() {
            if (tooFewSince == NEVER || held == 0) {
                return NEVER;
            }
            var graceEnds = Windows.plus(tooFewSince, rules.grace());
            return since == NEVER ? graceEnds : Math.max(graceEnds, Windows.plus(since, rules.minimumStay()));
        }
    }
}
