package io.regulars.local.demo.shop;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The big-promotion days (大促) of the year.
///
/// The New Year goods festival (年货节) follows the lunar calendar; mid-January is where it mostly falls.
final class Promotions {

    private record Promotion(MonthDay day, double pull) {}

    private static final List<Promotion> YEARLY = List.of(
            new Promotion(MonthDay.of(1, 12), 3),
            new Promotion(MonthDay.of(6, 1), 3),
            new Promotion(MonthDay.of(6, 18), 6),
            new Promotion(MonthDay.of(11, 1), 4),
            new Promotion(MonthDay.of(11, 11), 10),
            new Promotion(MonthDay.of(12, 12), 4));

    private final NavigableMap<LocalDate, Double> pulls = new TreeMap<>();

    Promotions(LocalDate from, LocalDate to) {
        for (var year = from.getYear(); year <= to.getYear(); year++) {
            for (var promotion : YEARLY) {
                var day = promotion.day().atYear(year);
                if (!day.isBefore(from) && !day.isAfter(to)) {
                    pulls.put(day, promotion.pull());
                }
            }
        }
    }

    boolean on(LocalDate day) {
        return pulls.containsKey(day);
    }

    /// How many times as many people buy for the first time on this day as on any other.
    double pull(LocalDate day) {
        return pulls.getOrDefault(day, 1.0);
    }

    /// Promotion days strictly between two days.
    NavigableMap<LocalDate, Double> between(LocalDate from, LocalDate to) {
        return from.isBefore(to) ? pulls.subMap(from, false, to, false) : new TreeMap<>();
    }
}
