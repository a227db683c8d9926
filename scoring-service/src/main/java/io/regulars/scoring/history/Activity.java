package io.regulars.scoring.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// What a customer did besides buying, and the categories bought, by day.
///
/// @param acts five numbers for each day in order: the day, visits, other acts, ratings, and the sum of the ratings (0
///     to 100 each)
/// @param bought two numbers for each category and day, in order: the day, and how many lines were kept
/// @param categories of each pair of numbers
public record Activity(int[] acts, int[] bought, String[] categories) {

    public static final Activity NONE = new Activity(new int[0], new int[0], new String[0]);

    static final int ACT_FIELDS = 5;
    private static final int BOUGHT_FIELDS = 2;

    /// What is to be added to one day.
    record Acts(int day, int visits, int acts, int ratings, int ratingSum) {

        private Acts plus(Acts other) {
            return new Acts(
                    day,
                    visits + other.visits,
                    acts + other.acts,
                    ratings + other.ratings,
                    ratingSum + other.ratingSum);
        }

        private boolean none() {
            return visits == 0 && acts == 0 && ratings == 0;
        }
    }

    /// What is to be added to one category on one day.
    record Bought(int day, String category, int lines) {}

    private record OnDay(int day, String category) implements Comparable<OnDay> {
        @Override
        public int compareTo(OnDay other) {
            // As PostgreSQL's collation "C" sorts, or a history made anew would differ by its order.
            return day == other.day
                    ? Arrays.compareUnsigned(
                            category.getBytes(StandardCharsets.UTF_8), other.category.getBytes(StandardCharsets.UTF_8))
                    : Integer.compare(day, other.day);
        }
    }

    public int actDays() {
        return acts.length / ACT_FIELDS;
    }

    public int actDay(int i) {
        return acts[i * ACT_FIELDS];
    }

    public int visits(int i) {
        return acts[i * ACT_FIELDS + 1];
    }

    public int otherActs(int i) {
        return acts[i * ACT_FIELDS + 2];
    }

    public int ratings(int i) {
        return acts[i * ACT_FIELDS + 3];
    }

    public int ratingSum(int i) {
        return acts[i * ACT_FIELDS + 4];
    }

    public int boughtDay(int i) {
        return bought[i * BOUGHT_FIELDS];
    }

    Activity withActs(Collection<Acts> more) {
        var days = new TreeMap<Integer, Acts>();
        for (var i = 0; i < actDays(); i++) {
            days.put(actDay(i), new Acts(actDay(i), visits(i), otherActs(i), ratings(i), ratingSum(i)));
        }
        more.forEach(one -> days.merge(one.day(), one, Acts::plus));
        days.values().removeIf(Acts::none);
        var moved = days.values().stream()
                .flatMapToInt(one -> IntStream.of(one.day(), one.visits(), one.acts(), one.ratings(), one.ratingSum()))
                .toArray();
        return new Activity(moved, bought, categories);
    }

    Activity withBought(Collection<Bought> more) {
        var lines = new TreeMap<OnDay, Integer>();
        for (var i = 0; i < categories.length; i++) {
            lines.put(new OnDay(boughtDay(i), categories[i]), bought[i * BOUGHT_FIELDS + 1]);
        }
        more.forEach(one -> lines.merge(new OnDay(one.day(), one.category()), one.lines(), Integer::sum));
        lines.values().removeIf(count -> count <= 0);
        var numbers = new ArrayList<Integer>();
        lines.forEach((on, count) -> {
            numbers.add(on.day());
            numbers.add(count);
        });
        return new Activity(
                acts,
                numbers.stream().mapToInt(Integer::intValue).toArray(),
                lines.keySet().stream().map(OnDay::category).toArray(String[]::new));
    }

    /// The same with the categories of these days alone.
    Activity boughtOnly(IntPredicate on) {
        var kept = IntStream.range(0, categories.length)
                .filter(i -> on.test(boughtDay(i)))
                .toArray();
        return new Activity(
                acts,
                Arrays.stream(kept)
                        .flatMap(i -> Arrays.stream(bought, i * BOUGHT_FIELDS, (i + 1) * BOUGHT_FIELDS))
                        .toArray(),
                Arrays.stream(kept).mapToObj(i -> categories[i]).toArray(String[]::new));
    }

    boolean same(Activity other) {
        return Arrays.equals(acts, other.acts)
                && Arrays.equals(bought, other.bought)
                && Arrays.equals(categories, other.categories);
    }
}
