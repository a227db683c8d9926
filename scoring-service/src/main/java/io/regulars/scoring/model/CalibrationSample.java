package io.regulars.scoring.model;

import java.util.Map;

import io.regulars.scoring.dimension.Dimension;
import io.regulars.scoring.dimension.Facts;
import io.regulars.scoring.dimension.LimitSample;
import io.regulars.scoring.group.CutPointSample;
import io.regulars.scoring.group.Groups;
import io.regulars.scoring.group.QuintileSample;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.CycleSample;
import io.regulars.scoring.tier.TierDimensions;

/// Learns from the histories of a whole shop as of one day, the same way for the stored calibration and a
/// simulation.
public final class CalibrationSample {

    private final ModelDefinition definition;
    private final int today;
    private final CutPointSample cutPoints;
    private final QuintileSample quintiles;
    private final Map<Dimension, LimitSample> bins;
    private final CycleSample cycle = new CycleSample();

    public CalibrationSample(ModelDefinition definition, int fractionDigits, int today) {
        this.definition = definition;
        this.today = today;
        cutPoints = new CutPointSample(definition.groups(), fractionDigits);
        quintiles = new QuintileSample(definition.groups());
        bins = TierDimensions.samples(definition.tiering(), fractionDigits);
    }

    public void add(PurchaseHistory history) {
        var counted = definition.counted(history);
        var rfm = Groups.measure(counted, definition.groups(), today);
        if (rfm != null) {
            cutPoints.add(rfm);
            quintiles.add(rfm, history.customerId());
            cycle.add(history, today);
            measure(counted);
        }
    }

    private void measure(PurchaseHistory counted) {
        if (!bins.isEmpty()) {
            var facts = new Facts(counted);
            bins.forEach((dimension, sample) -> sample.add(dimension.value(facts, today), counted.customerId()));
        }
    }

    public int buyers() {
        return cutPoints.size();
    }

    public Calibration calibration(int no) {
        var limits = quintiles.limits();
        bins.forEach((dimension, sample) -> {
            var learned = sample.limits();
            if (learned != null) {
                limits.put(dimension.name(), learned);
            }
        });
        return new Calibration(no, cutPoints.cutPoints(), cycle.cycle(), limits);
    }
}
