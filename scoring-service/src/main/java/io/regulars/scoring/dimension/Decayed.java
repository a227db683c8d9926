package io.regulars.scoring.dimension;

import java.time.Period;
import java.util.stream.LongStream;

/// Orders in a window, each of which counts 2^(-age / half-life): exponential decay, the age in days.
public final class Decayed extends Dimension {

    private static final double LONGEST = 1e7;

    private final Period window;
    private final double halfLifeDays;

    /// @param window null for all of the history
    public Decayed(Period window, double halfLifeDays, int weight, Bins bins, int withoutData) {
        super(Measure.decayedFrequency.name(), weight, bins, withoutData);
        this.window = window;
        this.halfLifeDays = halfLifeDays;
    }

    @Override
    public double value(Facts facts, int day) {
        var history = facts.history();
        var span = facts.in(window, day);
        var sum = 0.0;
        for (var i = span.from(); i < span.to(); i++) {
            sum += history.orders()[i] * Math.pow(2, -(day - history.days()[i]) / halfLifeDays);
        }
        return sum;
    }

    @Override
    public int changesOn(Facts facts, int day) {
        var changes = facts.changesOn(window, day);
        var value = value(facts, day);
        if (bins() == null || value == 0) {
            return changes;
        }
        var customer = facts.history().customerId();
        var now = bins().points(value, customer, 0);
        for (var i = bins().limits().length - 1; i >= 0; i--) {
            var limit = bins().limits()[i];
            if (limit > 0 && limit <= value) {
                return first(changes, firstBelow(facts, limit, value, day, changes, now));
            }
        }
        return changes;
    }

    /// The logarithm says where the sum falls below the limit; the sum itself, as it is rounded, has the last word.
    private int firstBelow(Facts facts, double limit, double value, int day, int changes, int now) {
        var after = Math.min(LONGEST, halfLifeDays * Math.log(value / limit) / Math.log(2));
        var customer = facts.history().customerId();
        var found = Math.max(day + 1, day + (int) after - 1);
        while (found < changes && bins().points(value(facts, found), customer, 0) == now) {
            found++;
        }
        return found;
    }

    @Override
    public LongStream ordersTo(Facts facts, int day) {
        var have = value(facts, day);
        return up(limits().map(limit -> limit - have));
    }
}
