package io.regulars.scoring;

import java.time.LocalDate;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.regulars.scoring.history.Activity;
import io.regulars.scoring.history.PurchaseHistory;

/// Builds purchase histories the way people tell them.
public final class Purchases {

    private final TreeMap<Integer, long[]> days = new TreeMap<>();
    private final TreeMap<Integer, int[]> acts = new TreeMap<>();
    private final TreeMap<Integer, TreeMap<String, Integer>> categories = new TreeMap<>();

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
        var sums = days.computeIfAbsent(day, any -> new long[4]);
        sums[0]++;
        sums[1] += amount;
        sums[2] += promotion ? 1 : 0;
        sums[3] += promotion ? amount : 0;
        return this;
    }

    /// @param rating of 100, null for none
    public Purchases did(String date, int visits, int acts, Integer rating) {
        return did(day(date), visits, acts, rating);
    }

    public Purchases did(int day, int visits, int acts, Integer rating) {
        var sums = this.acts.computeIfAbsent(day, any -> new int[4]);
        sums[0] += visits;
        sums[1] += acts;
        sums[2] += rating == null ? 0 : 1;
        sums[3] += rating == null ? 0 : rating;
        return this;
    }

    public Purchases bought(int day, String category) {
        categories.computeIfAbsent(day, any -> new TreeMap<>()).merge(category, 1, Integer::sum);
        return this;
    }

    private Activity activity() {
        var numbers = acts.entrySet().stream()
                .flatMapToInt(one -> IntStream.concat(IntStream.of(one.getKey()), IntStream.of(one.getValue())))
                .toArray();
        var bought = categories.entrySet().stream()
                .flatMapToInt(day ->
                        day.getValue().values().stream().flatMapToInt(lines -> IntStream.of(day.getKey(), lines)))
                .toArray();
        var names =
                categories.values().stream().flatMap(of -> of.keySet().stream()).toArray(String[]::new);
        return new Activity(numbers, bought, names);
    }

    public PurchaseHistory history() {
        return new PurchaseHistory(
                1,
                days.keySet().stream().mapToInt(Integer::intValue).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[0]).toArray(),
                days.values().stream().mapToLong(sums -> sums[1]).toArray(),
                days.values().stream().mapToInt(sums -> (int) sums[2]).toArray(),
                days.values().stream().mapToLong(sums -> sums[3]).toArray(),
                activity());
    }
}
