package io.regulars.scoring.group;

import java.util.HashMap;
import java.util.Map;

import io.regulars.scoring.dimension.LimitSample;
import io.regulars.scoring.dimension.Limits;

/// Gathers what customers did for a split into quintiles; nothing where the shop splits otherwise.
public final class QuintileSample {

    private final Map<String, LimitSample> samples;

    public QuintileSample(GroupRules rules) {
        samples = rules.split() == GroupRules.Split.quintiles ? Quintiles.samples() : Map.of();
    }

    public void add(Groups.Rfm rfm, long customer) {
        if (!samples.isEmpty()) {
            samples.get(Quintiles.RECENCY).add(rfm.recencyDays(), customer);
            samples.get(Quintiles.FREQUENCY).add(rfm.frequency(), customer);
            samples.get(Quintiles.MONETARY).add(rfm.monetary(), customer);
        }
    }

    /// By their names; empty where nobody bought.
    public Map<String, Limits> limits() {
        var limits = new HashMap<String, Limits>();
        samples.forEach((name, sample) -> {
            var learned = sample.limits();
            if (learned != null) {
                limits.put(name, learned);
            }
        });
        return limits;
    }
}
