package io.regulars.scoring.group;

import java.util.Map;

import io.regulars.scoring.dimension.Bins;
import io.regulars.scoring.dimension.LimitSample;
import io.regulars.scoring.dimension.Limits;
import io.regulars.scoring.dimension.Scale;
import io.regulars.scoring.group.Groups.Rfm;

/// Scores of one to five by a shop's own quintiles: recency and monetary value by value, frequency, in which most
/// customers are equal, by rank.
public record Quintiles(Bins recency, Bins frequency, Bins monetary) {

    private static final double[] RECENCY_SHARES = {0.2, 0.4, 0.6, 0.8};
    private static final double[] SHARES = {0, 0.2, 0.4, 0.6, 0.8};
    private static final int[] RECENCY_POINTS = {5, 4, 3, 2};
    private static final int[] POINTS = {1, 2, 3, 4, 5};

    static final String RECENCY = "groups.recency";
    static final String FREQUENCY = "groups.frequency";
    static final String MONETARY = "groups.monetary";

    /// Null while the shop has taught none.
    static Quintiles of(Map<String, Limits> learned) {
        if (!learned.keySet().containsAll(java.util.List.of(RECENCY, FREQUENCY, MONETARY))) {
            return null;
        }
        return new Quintiles(
                bins(true, learned.get(RECENCY), RECENCY_POINTS),
                bins(false, learned.get(FREQUENCY), POINTS),
                bins(false, learned.get(MONETARY), POINTS));
    }

    private static Bins bins(boolean atMost, Limits limits, int[] points) {
        return new Bins(atMost, limits.values(), limits.ties(), points);
    }

    static Map<String, LimitSample> samples() {
        return Map.of(
                RECENCY, new LimitSample(true, Scale.quantile, RECENCY_SHARES),
                FREQUENCY, new LimitSample(false, Scale.rank, SHARES),
                MONETARY, new LimitSample(false, Scale.quantile, SHARES));
    }

    /// Of recency, frequency and monetary value, 1 to 5 each.
    public record Scores(int recency, int frequency, int monetary) {}

    public Scores scores(Rfm rfm, long customer) {
        return new Scores(
                recency.points(rfm.recencyDays(), customer, 1),
                frequency.points(rfm.frequency(), customer, 1),
                monetary.points(rfm.monetary(), customer, 1));
    }
}
