package io.regulars.scoring.model;

import io.regulars.scoring.group.CutPointSample;
import io.regulars.scoring.group.Groups;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.CycleSample;

/// Learns from the histories of a whole shop as of one day, the same way for the stored calibration and a
/// simulation.
public final class CalibrationSample {

    private final ModelDefinition definition;
    private final int today;
    private final CutPointSample cutPoints;
    private final CycleSample cycle = new CycleSample();

    public CalibrationSample(ModelDefinition definition, int fractionDigits, int today) {
        this.definition = definition;
        this.today = today;
        cutPoints = new CutPointSample(definition.groups(), fractionDigits);
    }

    public void add(PurchaseHistory history) {
        var rfm = Groups.measure(history, definition.groups(), today);
        if (rfm != null) {
            cutPoints.add(rfm);
            cycle.add(history, today);
        }
    }

    public int buyers() {
        return cutPoints.size();
    }

    public Calibration calibration(int no) {
        return new Calibration(no, cutPoints.cutPoints(), cycle.cycle());
    }
}
