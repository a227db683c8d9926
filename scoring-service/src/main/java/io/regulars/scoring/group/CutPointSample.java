package io.regulars.scoring.group;

import java.util.Arrays;

import io.regulars.scoring.group.Groups.Rfm;

/// Gathers what customers did and says where the shop splits. The means are exact: sums of whole numbers.
public final class CutPointSample {

    private final GroupRules rules;
    private final int fractionDigits;
    private int size;
    private long recencySum;
    private long frequencySum;
    private long monetarySum;
    private long[][] values = new long[3][256];

    /// @param fractionDigits of the merchant's currency
    public CutPointSample(GroupRules rules, int fractionDigits) {
        this.rules = rules;
        this.fractionDigits = fractionDigits;
    }

    public void add(Rfm rfm) {
        if (rules.split() == GroupRules.Split.median) {
            keep(rfm);
        }
        recencySum += rfm.recencyDays();
        frequencySum += rfm.frequency();
        monetarySum += rfm.monetary();
        size++;
    }

    private void keep(Rfm rfm) {
        for (var i = 0; i < values.length; i++) {
            if (size == values[i].length) {
                values[i] = Arrays.copyOf(values[i], size * 2);
            }
        }
        values[0][size] = rfm.recencyDays();
        values[1][size] = rfm.frequency();
        values[2][size] = rfm.monetary();
    }

    public int size() {
        return size;
    }

    /// Null where nobody bought, and where the shop splits by quintiles.
    public CutPoints cutPoints() {
        if (size == 0) {
            return null;
        }
        return switch (rules.split()) {
            case mean ->
                new CutPoints(recencySum / (double) size, frequencySum / (double) size, monetarySum / (double) size);
            case median -> new CutPoints(median(values[0]), median(values[1]), median(values[2]));
            case quintiles -> null;
            case fixed -> {
                var fixed = rules.fixed();
                yield new CutPoints(
                        fixed.recencyDays(),
                        fixed.frequency(),
                        fixed.monetary().movePointRight(fractionDigits).doubleValue());
            }
        };
    }

    private double median(long[] all) {
        var sorted = Arrays.copyOf(all, size);
        Arrays.sort(sorted);
        return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0;
    }
}
