package io.regulars.campaign.occasion;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/// A recurrence rule of RFC 5545 from its first time on. It is followed on the wall's clock: an occurrence that
/// a change of the clock leaves out or shows twice is one all the same.
///
/// @param rule as it was written, such as `FREQ=MONTHLY;BYDAY=1MO`
/// @param zone in which `UNTIL` is read where it is an instant
public record Recurrence(String rule, LocalDateTime start, ZoneId zone) {

    private static final Set<Freq> SLOW = Set.of(Freq.YEARLY, Freq.MONTHLY, Freq.WEEKLY, Freq.DAILY);
    private static final int MOST_HOURS = 6;
    private static final int MOST_STEPS = 20_000;

    /// What is wrong with it; empty where nothing is.
    public Optional<String> fault() {
        try {
            RecurrenceRule parsed = parsed();
            // parts are named after a rule was made: the library's classes can be loaded in that order only
            if (!SLOW.contains(parsed.getFreq()) || parsed.hasPart(Part.BYMINUTE) || parsed.hasPart(Part.BYSECOND)) {
                return Optional.of("must recur by days, weeks, months or years");
            }
            if (parsed.hasPart(Part.BYHOUR) && parsed.getByPart(Part.BYHOUR).size() > MOST_HOURS) {
                return Optional.of("must name at most " + MOST_HOURS + " hours of a day");
            }
            return after(start.minusNanos(1)).isPresent() ? Optional.empty() : Optional.of("never happens");
        } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
            return Optional.of("is no recurrence rule of RFC 5545: " + e.getMessage());
        }
    }

    /// The first occurrence after this moment; empty where there is none, or none in sight.
    Optional<LocalDateTime> after(LocalDateTime moment) {
        try {
            RecurrenceRuleIterator times = parsed().iterator(floating(start));
            if (moment.isAfter(start)) {
                times.fastForward(floating(moment));
            }
            for (int i = 0; i < MOST_STEPS && times.hasNext(); i++) {
                LocalDateTime next = local(times.nextDateTime());
                if (next.isAfter(moment)) {
                    return Optional.of(next);
                }
            }
            return Optional.empty();
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private RecurrenceRule parsed() throws InvalidRecurrenceRuleException {
        var parsed = new RecurrenceRule(rule);
        DateTime until = parsed.getUntil();
        if (until != null && until.isAllDay()) {
            parsed.setUntil(new DateTime(until.getYear(), until.getMonth(), until.getDayOfMonth(), 23, 59, 59));
        } else if (until != null && !until.isFloating()) {
            parsed.setUntil(floating(LocalDateTime.ofInstant(Instant.ofEpochMilli(until.getTimestamp()), zone)));
        }
        return parsed;
    }

    private static DateTime floating(LocalDateTime time) {
        return new DateTime(
                time.getYear(),
                time.getMonthValue() - 1,
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }

    private static LocalDateTime local(DateTime time) {
        return LocalDateTime.of(
                time.getYear(),
                time.getMonth() + 1,
                time.getDayOfMonth(),
                time.getHours(),
                time.getMinutes(),
                time.getSeconds());
    }
}
