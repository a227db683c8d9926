package io.regulars.campaign.occasion;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.NavigableSet;
import java.util.Optional;

/// When something happens, told by the clock on somebody's wall.
public sealed interface Timetable {

    /// The first time after this one; empty where there is none.
    Optional<LocalDateTime> after(LocalDateTime moment);

    record Daily(LocalTime at) implements Timetable {
        @Override
        public Optional<LocalDateTime> after(LocalDateTime moment) {
            LocalDateTime today = moment.toLocalDate().atTime(at);
            return Optional.of(today.isAfter(moment) ? today : today.plusDays(1));
        }
    }

    record OnDays(NavigableSet<LocalDate> days, LocalTime at) implements Timetable {
        @Override
        public Optional<LocalDateTime> after(LocalDateTime moment) {
            boolean over = !at.isAfter(moment.toLocalTime());
            return Optional.ofNullable(over ? days.higher(moment.toLocalDate()) : days.ceiling(moment.toLocalDate()))
                    .map(day -> day.atTime(at));
        }
    }

    record Recurring(Recurrence rule) implements Timetable {
        @Override
        public Optional<LocalDateTime> after(LocalDateTime moment) {
            return rule.after(moment);
        }
    }
}
