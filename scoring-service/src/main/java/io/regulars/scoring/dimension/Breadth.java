package io.regulars.scoring.dimension;

import java.time.Period;
import java.util.HashSet;

import io.regulars.scoring.history.Windows;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// How many categories were bought in a window.
public final class Breadth extends Dimension {

    private final Period window;

    /// @param window null for all of the history
    public Breadth(Period window, int weight, Bins bins, int withoutData) {
        super(Measure.categoryBreadth.name(), weight, bins, withoutData);
        this.window = window;
    }

    @Override
    public double value(Facts facts, int day) {
        var activity = facts.history().activity();
        var seen = new HashSet<String>();
        for (var i = 0; i < activity.categories().length && activity.boughtDay(i) <= day; i++) {
            if (Windows.leaves(activity.boughtDay(i), window) > day) {
                seen.add(activity.categories()[i]);
            }
        }
        return seen.size();
    }

    @Override
    public int changesOn(Facts facts, int day) {
        var activity = facts.history().activity();
        for (var i = 0; i < activity.categories().length; i++) {
            var bought = activity.boughtDay(i);
            if (bought > day) {
                return bought;
            }
            var leaves = Windows.leaves(bought, window);
            if (leaves > day) {
                return first(leaves, nextBought(facts, i, day));
            }
        }
        return NEVER;
    }

    private static int nextBought(Facts facts, int from, int day) {
        var activity = facts.history().activity();
        for (var i = from; i < activity.categories().length; i++) {
            if (activity.boughtDay(i) > day) {
                return activity.boughtDay(i);
            }
        }
        return NEVER;
    }
}
