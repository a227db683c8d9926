package io.regulars.scoring.dimension;

import java.time.Period;

import io.regulars.scoring.history.Windows;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// What a customer did in a window besides buying.
public final class Acted extends Dimension {

    private final Measure of;
    private final Period window;

    /// @param of visits, interaction or satisfaction
    /// @param window null for all of the history
    public Acted(Measure of, Period window, int weight, Bins bins, int withoutData) {
        super(of.name(), weight, bins, withoutData);
        this.of = of;
        this.window = window;
    }

    @Override
    public double value(Facts facts, int day) {
        var activity = facts.history().activity();
        var sum = 0L;
        var ratings = 0L;
        for (var i = activity.actDays() - 1; i >= 0; i--) {
            if (activity.actDay(i) > day) {
                continue;
            }
            if (Windows.leaves(activity.actDay(i), window) <= day) {
                break;
            }
            sum += switch (of) {
                case visits -> activity.visits(i);
                case satisfaction -> activity.ratingSum(i);
                default -> activity.otherActs(i);
            };
            ratings += activity.ratings(i);
        }
        if (of != Measure.satisfaction) {
            return sum;
        }
        return ratings == 0 ? Double.NaN : sum / (double) ratings;
    }

    @Override
    public int changesOn(Facts facts, int day) {
        var activity = facts.history().activity();
        var leaves = NEVER;
        for (var i = 0; i < activity.actDays(); i++) {
            if (activity.actDay(i) > day) {
                return Math.min(leaves, activity.actDay(i));
            }
            if (leaves == NEVER && Windows.leaves(activity.actDay(i), window) > day) {
                leaves = Windows.leaves(activity.actDay(i), window);
            }
        }
        return leaves;
    }
}
