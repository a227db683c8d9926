package io.regulars.scoring.lifecycle;

import java.util.Arrays;
import java.util.TreeMap;

import io.regulars.scoring.history.PurchaseHistory;

/// Gathers intervals between purchases and says the shop's cycle; its size depends on the days, not on the
/// customers.
public final class CycleSample {

    private final TreeMap<Integer, Long> halfDaysPooled = new TreeMap<>();
    private final TreeMap<Integer, Long> halfDaysOfCustomers = new TreeMap<>();
    private long intervals;
    private long repeatBuyers;

    public void add(PurchaseHistory history, int today) {
        var known = history.known(today);
        var own = new int[Math.max(0, known - 1)];
        var n = 0;
        for (var i = 1; i < known; i++) {
            if (!history.promotionOnly(i) && !history.promotionOnly(i - 1)) {
                own[n++] = history.days()[i] - history.days()[i - 1];
            }
        }
        if (n == 0) {
            return;
        }
        Arrays.sort(own, 0, n);
        for (var i = 0; i < n; i++) {
            halfDaysPooled.merge(2 * own[i], 1L, Long::sum);
        }
        halfDaysOfCustomers.merge(own[(n - 1) / 2] + own[n / 2], 1L, Long::sum);
        intervals += n;
        repeatBuyers++;
    }

    public PurchaseCycle cycle() {
        return new PurchaseCycle(
                median(halfDaysPooled, intervals), median(halfDaysOfCustomers, repeatBuyers), intervals, repeatBuyers);
    }

    /// Counts of half days, because the median of a customer's two middle intervals may lie between two days.
    private static Double median(TreeMap<Integer, Long> halfDays, long count) {
        return count == 0 ? null : (at(halfDays, (count - 1) / 2) + at(halfDays, count / 2)) / 4.0;
    }

    private static int at(TreeMap<Integer, Long> halfDays, long position) {
        var passed = 0L;
        for (var entry : halfDays.entrySet()) {
            passed += entry.getValue();
            if (passed > position) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("no value at " + position + " of " + passed);
    }
}
