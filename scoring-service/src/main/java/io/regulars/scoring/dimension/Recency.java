package io.regulars.scoring.dimension;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Days since the last order.
public final class Recency extends Dimension {

    public static final String NAME = "recency";

    private static final double LONGEST = 1e8;

    public Recency(int weight, Bins bins, int withoutData) {
        super(NAME, weight, bins, withoutData);
    }

    @Override
    public double value(Facts facts, int day) {
        var known = facts.history().known(day);
        return known == 0 ? Double.NaN : day - facts.history().days()[known - 1];
    }

    @Override
    public int changesOn(Facts facts, int day) {
        var next = facts.history().nextAfter(day);
        var known = facts.history().known(day);
        if (known == 0 || bins() == null) {
            return next;
        }
        var last = facts.history().days()[known - 1];
        for (var limit : bins().limits()) {
            // A day that equals the limit may be beyond it already, where ties are ordered by customer.
            var reaches = last + (int) Math.ceil(Math.min(LONGEST, limit));
            var passes = last + (int) Math.floor(Math.min(LONGEST, limit)) + 1;
            if (bins().ties() != null && reaches > day) {
                return first(next, reaches);
            }
            if (passes > day) {
                return first(next, passes);
            }
        }
        return first(next, NEVER);
    }
}
