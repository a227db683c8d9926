package io.regulars.scoring.report;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

import io.regulars.kit.problem.Problems;
import io.regulars.scoring.history.Shop;

/// The days that a report is about, in the merchant's zone: from the beginning of the first to the beginning of
/// the last.
record Days(LocalDate first, LocalDate last) {

    /// @param from is required
    /// @param to tomorrow where null, so that today counts
    static Days of(String from, String to, Shop shop, Clock clock) {
        if (from == null) {
            throw Problems.invalid("from", "is required: a day such as 2026-01-01");
        }
        var first = parse("from", from);
        var last = to == null ? today(shop, clock).plusDays(1) : parse("to", to);
        if (!first.isBefore(last)) {
            throw Problems.invalid("to", "must lie after from");
        }
        return new Days(first, last);
    }

    /// The same, where they are no more than this.
    Days atMost(int days) {
        if (ChronoUnit.DAYS.between(first, last) > days) {
            throw Problems.invalid("to", "must lie at most %d days after from".formatted(days));
        }
        return this;
    }

    static LocalDate parse(String field, String text) {
        try {
            var day = LocalDate.parse(text);
            if (day.getYear() >= 1970 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException e) {
            throw Problems.invalid(field, "must be a day such as 2026-01-01");
        }
        throw Problems.invalid(field, "must lie between 1970 and 2200");
    }

    static LocalDate today(Shop shop, Clock clock) {
        return LocalDate.ofInstant(clock.instant(), shop.zone());
    }

    static Instant start(LocalDate day, Shop shop) {
        return day.atStartOfDay(shop.zone()).toInstant();
    }
}
