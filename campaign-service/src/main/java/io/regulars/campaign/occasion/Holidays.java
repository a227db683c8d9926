package io.regulars.campaign.occasion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The calendar of holidays, from `holidays.csv`.
public final class Holidays {

    /// The years of which it knows all.
    static final int FIRST_YEAR = 2024;
    static final int LAST_YEAR = 2037;

    /// A holiday and its days, in their order.
    public record Holiday(String key, String chinese, String english, NavigableSet<LocalDate> days) {}

    private static final Map<String, Holiday> ALL = read();

    private Holidays() {}

    public static Collection<String> keys() {
        return ALL.keySet();
    }

    /// The days of all these.
    public static NavigableSet<LocalDate> days(Collection<String> keys) {
        var days = new TreeSet<LocalDate>();
        keys.forEach(key -> days.addAll(ALL.get(key).days()));
        return days;
    }

    /// The first of these that falls on the day.
    public static Optional<Holiday> on(LocalDate day, Collection<String> keys) {
        return keys.stream()
                .map(ALL::get)
                .filter(holiday -> holiday.days().contains(day))
                .findFirst();
    }

    private static Map<String, Holiday> read() {
        try (InputStream in = Holidays.class.getResourceAsStream("/holidays.csv")) {
            var all = new LinkedHashMap<String, Holiday>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> holiday(List.of(line.split(","))))
                    .forEach(holiday -> all.put(holiday.key(), holiday));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("the calendar of holidays is unreadable", e);
        }
    }

    private static Holiday holiday(List<String> row) {
        var days = new TreeSet<LocalDate>();
        row.stream().skip(3).flatMap(Holidays::days).forEach(days::add);
        return new Holiday(row.get(0), row.get(1), row.get(2), days);
    }

    private static Stream<LocalDate> days(String written) {
        return written.startsWith("--")
                ? IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
                        .mapToObj(year -> MonthDay.parse(written).atYear(year))
                : Stream.of(LocalDate.parse(written));
    }
}
