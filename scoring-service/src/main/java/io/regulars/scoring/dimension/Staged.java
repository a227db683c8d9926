package io.regulars.scoring.dimension;

import java.util.Map;

import io.regulars.scoring.lifecycle.Lifecycle;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Points for the lifecycle stage; the value is the stage's place among all.
public final class Staged extends Dimension {

    public static final String NAME = "lifecycle";

    private final Lifecycle lifecycle;

    /// @param points by the stage's key; the others have none
    public Staged(Lifecycle lifecycle, int weight, Map<String, Integer> points) {
        super(NAME, weight, bins(points), 0);
        this.lifecycle = lifecycle;
    }

    private static Bins bins(Map<String, Integer> points) {
        var stages = io.regulars.scoring.lifecycle.Stage.values();
        var limits = new double[stages.length];
        var of = new int[stages.length];
        for (var i = 0; i < stages.length; i++) {
            limits[i] = i;
            of[i] = points.getOrDefault(stages[i].key(), 0);
        }
        return new Bins(false, limits, null, of);
    }

    @Override
    public double value(Facts facts, int day) {
        return lifecycle.stage(facts.history(), day).ordinal();
    }

    @Override
    public int changesOn(Facts facts, int day) {
        return Math.min(
                Math.min(NEVER, lifecycle.changesOn(facts.history(), day)),
                facts.history().nextAfter(day));
    }
}
