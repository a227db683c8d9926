package io.regulars.scoring.forecast;

import java.util.Arrays;
import java.util.Optional;

/// A customer's own cycle over all that they buy, as of one day and another. What came later is left out, so that a
/// window stays where it is when they buy something else. Asked for one day after the other it sorts each interval in
/// once, however many days are asked for.
final class Rhythm {

    private final int[] days;
    private final double[] sorted;
    private int intervals;

    /// @param days purchase days in order
    Rhythm(int[] days) {
        this.days = days;
        this.sorted = new double[Math.max(0, days.length - 1)];
    }

    Optional<Cycle> until(int day) {
        if (intervals > 0 && days[intervals] > day) {
            intervals = 0;
        }
        while (intervals + 1 < days.length && days[intervals + 1] <= day) {
            add(Math.min(Forecast.LONGEST_DAYS, days[intervals + 1] - days[intervals]));
        }
        return OwnCycle.median(Cycle.Basis.rhythm, Arrays.copyOf(sorted, intervals));
    }

    private void add(double interval) {
        var found = Arrays.binarySearch(sorted, 0, intervals, interval);
        var place = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, place, sorted, place + 1, intervals - place);
        sorted[place] = interval;
        intervals++;
    }
}
