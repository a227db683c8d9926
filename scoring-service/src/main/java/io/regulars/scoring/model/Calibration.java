package io.regulars.scoring.model;

import java.util.Map;
import java.util.Objects;

import io.regulars.scoring.dimension.Limits;
import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.lifecycle.PurchaseCycle;

/// What a model learned from the shop: where it splits and how often its customers come back.
///
/// @param no numbered within the merchant; 0 before the first
/// @param cutPoints null before the first, and where the groups go by quintiles
/// @param limits of the bins that are learned, by the name of their dimension
public record Calibration(int no, CutPoints cutPoints, PurchaseCycle cycle, Map<String, Limits> limits) {

    public Calibration {
        limits = Map.copyOf(limits);
    }

    public Calibration(int no, CutPoints cutPoints, PurchaseCycle cycle) {
        this(no, cutPoints, cycle, Map.of());
    }

    /// Whether every customer would be scored the same by either.
    public boolean scoresLike(Calibration other) {
        return Objects.equals(cutPoints, other.cutPoints)
                && limits.equals(other.limits)
                && Objects.equals(cycle.pooledDays(), other.cycle.pooledDays())
                && Objects.equals(cycle.customersDays(), other.cycle.customersDays());
    }

    public static final Calibration NONE = new Calibration(0, null, PurchaseCycle.UNKNOWN);
}
