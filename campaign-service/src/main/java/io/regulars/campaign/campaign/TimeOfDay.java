package io.regulars.campaign.campaign;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/// A time that a clock on the wall shows on some days of the week.
///
/// @param days empty for every day
public record TimeOfDay(LocalTime time, Set<DayOfWeek> days) {

    public TimeOfDay {
        days = Set.copyOf(days);
    }

    /// The next instant, this one included, at which the clock shows it. A time that a clock which is put
    /// forward never shows counts as the moment of the jump; of one that is shown twice the first counts.
    public Instant from(Instant now, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(now, zone);
        while (true) {
            Instant shown = shown(day.atTime(time), zone);
            if (!shown.isBefore(now) && (days.isEmpty() || days.contains(day.getDayOfWeek()))) {
                return shown;
            }
            day = day.plusDays(1);
        }
    }

    private static Instant shown(LocalDateTime local, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty()
                ? zone.getRules().getTransition(local).getInstant()
                : local.toInstant(offsets.getFirst());
    }
}
