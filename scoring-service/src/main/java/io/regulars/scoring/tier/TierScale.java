package io.regulars.scoring.tier;

import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Windows;
import io.regulars.scoring.tier.TierRules.Amounts;
import io.regulars.scoring.tier.TierRules.AtLeast;
import io.regulars.scoring.tier.TierRules.AtMost;
import io.regulars.scoring.tier.TierStanding.Points;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Turns a purchase history into a standing on the ladder.
///
/// The tier held is a function of the orders as they stand and of the day, of nothing else: the history is
/// replayed from its first day, up at once, down when the points have been too few for the whole grace period. So
/// it does not matter when or in which order events came, and a refunded order never made anyone a VIP.
public final class TierScale {

    private final TierRules rules;
    private final int[] recencyLimits;
    private final int[] recencyPoints;
    private final long[] orderLimits;
    private final int[] orderPoints;
    private final long[] amountLimits;
    private final int[] amountPoints;
    private final int[] ladder;

    /// @param fractionDigits of the merchant's currency
    public TierScale(TierRules rules, int fractionDigits) {
        this.rules = rules;
        recencyLimits = rules.recency().bins().stream().mapToInt(AtMost::atMost).toArray();
        recencyPoints = rules.recency().bins().stream().mapToInt(AtMost::points).toArray();
        orderLimits = limits(rules.frequency(), 0);
        orderPoints = points(rules.frequency());
        amountLimits = limits(rules.monetary(), fractionDigits);
        amountPoints = points(rules.monetary());
        ladder = rules.ladder().stream().mapToInt(TierRules.Tier::from).toArray();
    }

    private static long[] limits(Amounts dimension, int fractionDigits) {
        return dimension.bins().stream()
                .map(AtLeast::atLeast)
                .map(limit -> limit.movePointRight(fractionDigits).setScale(0, RoundingMode.CEILING))
                .mapToLong(java.math.BigDecimal::longValueExact)
                .toArray();
    }

    private static int[] points(Amounts dimension) {
        return dimension.bins().stream().mapToInt(AtLeast::points).toArray();
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

    /// The points of a customer who last bought so many days ago (-1: never) and has this in the window.
    Points points(int recencyDays, long orders, long amount) {
        var recency = recencyDays < 0 ? 0 : recencyPoints(recencyDays);
        var frequency = reached(orderLimits, orderPoints, orders);
        var monetary = orders == 0 ? 0 : reached(amountLimits, amountPoints, amount);
        var total = recency * rules.recency().weight()
                + frequency * rules.frequency().weight()
                + monetary * rules.monetary().weight();
        return new Points(recencyDays, recency, orders, frequency, amount, monetary, total);
    }

    private int recencyPoints(int days) {
        for (var i = 0; i < recencyLimits.length; i++) {
            if (days <= recencyLimits[i]) {
                return recencyPoints[i];
            }
        }
        return 0;
    }

    private static int reached(long[] limits, int[] points, long value) {
        var reached = 0;
        for (var i = 0; i < limits.length && value >= limits[i]; i++) {
            reached = points[i];
        }
        return reached;
    }

    int rank(int total) {
        var rank = 0;
        while (rank + 1 < ladder.length && total >= ladder[rank + 1]) {
            rank++;
        }
        return rank;
    }

    long[] orderLimits() {
        return orderLimits;
    }

    long[] amountLimits() {
        return amountLimits;
    }

    public TierStanding on(PurchaseHistory history, int today) {
        var replay = new Replay(history, changes(history));
        replay.until(today);
        var kept = Windows.kept(history, rules.window(), today);
        var known = history.known(today);
        var recency = known == 0 ? -1 : today - history.days()[known - 1];
        var points = points(recency, kept.orders(), kept.amount());
        return new TierStanding(
                replay.held, replay.since, rank(points.total()), replay.fallsOn(), replay.changesOn, points);
    }

    /// The days on which the points can change: a purchase comes, leaves the window, or ages into the next bin.
    private int[] changes(PurchaseHistory history) {
        var days = history.days();
        var changes = new int[days.length * (2 + recencyLimits.length)];
        var n = 0;
        for (var i = 0; i < days.length; i++) {
            changes[n++] = days[i];
            changes[n++] = Windows.leaves(days[i], rules.window());
            var next = i + 1 < days.length ? days[i + 1] : NEVER;
            for (var limit : recencyLimits) {
                if (days[i] + limit + 1 < next) {
                    changes[n++] = days[i] + limit + 1;
                }
            }
        }
        return Arrays.stream(changes, 0, n).sorted().distinct().toArray();
    }

    /// Walks over the days on which the points change and keeps what the customer holds.
    private final class Replay {

        private final PurchaseHistory history;
        private final int[] changes;
        private int held;
        private int since = NEVER;
        private int tooFewSince = NEVER;
        private int changesOn = NEVER;
        private int entered;
        private int left;
        private long orders;
        private long amount;

        Replay(PurchaseHistory history, int[] changes) {
            this.history = history;
            this.changes = changes;
        }

        void until(int today) {
            for (var i = 0; i < changes.length; i++) {
                if (changes[i] > today) {
                    changesOn = changes[i];
                    break;
                }
                var end = i + 1 < changes.length ? changes[i + 1] : NEVER;
                step(changes[i], end, today);
            }
            changesOn = Math.min(changesOn, fallsOn());
        }

        private void step(int day, int end, int today) {
            var earned = earned(day);
            if (earned >= held) {
                since = earned > held ? day : since;
                held = earned;
                tooFewSince = NEVER;
            } else {
                tooFewSince = Math.min(tooFewSince, day);
                var falls = fallsOn();
                if (falls < end && falls <= today) {
                    held = earned;
                    since = falls;
                    tooFewSince = NEVER;
                }
            }
        }

        private int earned(int day) {
            var days = history.days();
            for (; entered < days.length && days[entered] <= day; entered++) {
                orders += history.orders()[entered];
                amount += history.amounts()[entered];
            }
            for (; left < entered && Windows.leaves(days[left], rules.window()) <= day; left++) {
                orders -= history.orders()[left];
                amount -= history.amounts()[left];
            }
            return rank(points(day - days[entered - 1], orders, amount).total());
        }

        int fallsOn() {
            return tooFewSince == NEVER ? NEVER : Windows.plus(tooFewSince, rules.grace());
        }
    }
}
