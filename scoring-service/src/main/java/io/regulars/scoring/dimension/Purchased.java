package io.regulars.scoring.dimension;

import java.time.Period;
import java.util.stream.LongStream;

/// What orders in a window come to.
public final class Purchased extends Dimension {

    /// What of them is counted.
    public enum Of {
        orders,
        amount,
        averageOrder,
        days
    }

    private final Of of;
    private final Period window;

    /// @param window null for all of the history
    public Purchased(String name, Of of, Period window, int weight, Bins bins, int withoutData) {
        super(name, weight, bins, withoutData);
        this.of = of;
        this.window = window;
    }

    @Override
    public double value(Facts facts, int day) {
        var span = facts.in(window, day);
        return switch (of) {
            case orders -> facts.orders(span);
            case days -> span.days();
            case amount -> span.days() == 0 ? Double.NaN : facts.amount(span);
            case averageOrder -> span.days() == 0 ? Double.NaN : facts.amount(span) / (double) facts.orders(span);
        };
    }

    @Override
    public int changesOn(Facts facts, int day) {
        return facts.changesOn(window, day);
    }

    @Override
    public LongStream ordersTo(Facts facts, int day) {
        if (of == Of.orders) {
            var have = facts.orders(facts.in(window, day));
            return up(limits().map(limit -> limit - have));
        }
        return LongStream.empty();
    }

    @Override
    public LongStream amountsTo(Facts facts, long orders, int day) {
        var span = facts.in(window, day);
        var have = facts.amount(span);
        return switch (of) {
            case amount -> up(limits().map(limit -> limit - have));
            case averageOrder -> up(limits().map(limit -> limit * (facts.orders(span) + orders) - have));
            case orders, days -> LongStream.empty();
        };
    }
}
