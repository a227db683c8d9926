package io.regulars.scoring;

import java.time.LocalDate;
import java.util.TreeMap;

import io.regulars.scoring.history.PurchaseHistory;

/// Builds purchase histories the way people tell them.
public final class Purchases {

    private final TreeMap<Integer, long[]> days = new TreeMap<>();

    public static Purchases none() {
        return new Purchases();
    }

    public static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    /// @param amount minor units
    public Purchases on(String date, long amount) {
        return on(day(date), amount, false);
    }

    public Purchases inBigPromotion(String date, long amount) {
        return on(day(date), amount, true);
    }

    public Purchases on(int day, long amount, boolean promotion) {
        var sums = days.computeIfAbsent(day, any -> new long[3]);
        sums[0]++;
        sums[1] += amount;
        sums[2] += promotion ? 1 : 0;
        return this;
    }

    public PurchaseHistory history() {
        return new PurchaseHistory(
                1,
                days.keySet().stream().mapToInt(Integer::intValue).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[0]).toArray(),
                days.values().stream().mapToLong(sums -> sums[1]).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[2]).toArray());
    }
}
