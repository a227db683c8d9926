package io.regulars.scoring.lifetime;

import java.util.Map;
import java.util.TreeMap;

/// Repeat purchases as the model expects them and as they were, added up week by week: the plot by which the
/// papers judge a fit. Of the customers whom the model was fitted on, new ones that came later left out.
///
/// @param firstDay on which the first of them bought; week i ends 7 · (i + 1) days later
/// @param expected from the beginning to the end of each week
/// @param actual of the same
/// @param learnedWeeks how many of the weeks the model was fitted on; the others it had not seen
public record Tracking(int firstDay, double[] expected, double[] actual, int learnedWeeks) {

    private static final int WEEK = 7;

    /// Twenty years.
    static final int MOST_WEEKS = 1_044;

    /// @param births customers by the day of their first purchase
    /// @param repeats repeat purchases by day
    /// @param asOf last day that the model has seen
    /// @param today last day of all
    static Tracking of(
            BgNbd model, TreeMap<Integer, Long> births, TreeMap<Integer, Long> repeats, int asOf, int today) {
        int first = births.firstKey();
        int weeks = Math.min(MOST_WEEKS, (today - first) / WEEK);
        double[] byAge = new double[weeks * WEEK + 1];
        for (int age = 1; age < byAge.length; age++) {
            byAge[age] = model.purchasesOfNew(age);
        }
        double[] expected = new double[weeks];
        double[] actual = new double[weeks];
        long bought = 0;
        for (int week = 0; week < weeks; week++) {
            int end = first + WEEK * (week + 1) - 1;
            for (Map.Entry<Integer, Long> born : births.headMap(end, true).entrySet()) {
                expected[week] += born.getValue() * byAge[end - born.getKey()];
            }
            int from = week == 0 ? first : end - WEEK + 1;
            bought += repeats.subMap(from, true, end, true).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            actual[week] = bought;
        }
        return new Tracking(first, expected, actual, Math.min(weeks, Math.max(0, asOf - first + 1) / WEEK));
    }
}
