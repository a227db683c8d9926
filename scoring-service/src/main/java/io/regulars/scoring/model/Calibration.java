package io.regulars.scoring.model;

import java.util.Objects;

import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.lifecycle.PurchaseCycle;

/// What a model learned from the shop: where it splits and how often its customers come back.
///
/// @param no numbered within the merchant; 0 before the first
/// @param cutPoints null before the first
public record Calibration(int no, CutPoints cutPoints, PurchaseCycle cycle) {

    /// Whether every customer would be scored the same by either.
    public boolean scoresLike(Calibration other) {
        return Objects.equals(cutPoints, other.cutPoints)
                && Objects.equals(cycle.pooledDays(), other.cycle.pooledDays())
                && Objects.equals(cycle.customersDays(), other.cycle.customersDays());
    }

    public static final Calibration NONE = new Calibration(0, null, PurchaseCycle.UNKNOWN);
}
