package io.regulars.scoring.model;

import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.lifecycle.PurchaseCycle;

/// What a model learned from the shop: where it splits and how often its customers come back.
///
/// @param no numbered within the merchant; 0 before the first
/// @param cutPoints null before the first
public record Calibration(int no, CutPoints cutPoints, PurchaseCycle cycle) {

    public static final Calibration NONE = new Calibration(0, null, PurchaseCycle.UNKNOWN);
}
