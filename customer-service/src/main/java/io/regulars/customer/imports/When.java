package io.regulars.customer.imports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Instants as exports write them: with an offset, or local to the merchant's zone; with a time, or a day alone.
final class When {

    private static final List<DateTimeFormatter> FORMATS = List.of(
            withFraction("uuuu-M-d H:mm[:ss]"),
            withFraction("uuuu-M-d'T'H:mm[:ss]"),
            format("uuuu-M-d"),
            format("uuuu/M/d[ H:mm[:ss]]"),
            format("uuuuMMdd"));

    private When() {}

    static Optional<Instant> parse(String text, ZoneId zone) {
        for (DateTimeFormatter format : FORMATS) {
            try {
                return Optional.of(instant(
                        format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from), zone));
            } catch (DateTimeParseException notThisOne) {
                continue;
            }
        }
        return Optional.empty();
    }

    private static Instant instant(TemporalAccessor parsed, ZoneId zone) {
        return switch (parsed) {
            case OffsetDateTime withOffset -> withOffset.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            default -> LocalDate.from(parsed).atStartOfDay(zone).toInstant();
        };
    }

    private static DateTimeFormatter withFraction(String pattern) {
        return new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .appendPattern("[ ][XXX]")
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
