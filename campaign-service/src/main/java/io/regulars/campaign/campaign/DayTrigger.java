package io.regulars.campaign.campaign;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;

import io.regulars.campaign.occasion.Holidays;
import io.regulars.campaign.occasion.Recurrence;
import io.regulars.campaign.occasion.Timetable;

/// Begins on days. An occurrence is named by its day on the wall, so that it is one whatever clocks and zones do.
public sealed interface DayTrigger extends Trigger {

    /// @param at on the customer's clock
    /// @param daysBefore the day it is about
    /// @param lateLimit one that is missed by more than this is skipped, and that is said
    record When(LocalTime at, int daysBefore, Duration lateLimit) {}

    /// @param firstOfMarch whether a birthday on 29 February is kept on 1 March in common years, else the day before
    record Birthday(When when, boolean firstOfMarch) implements DayTrigger {}

    /// @param ofFirstOrder else of the day the customer was met
    record Anniversary(When when, boolean ofFirstOrder) implements DayTrigger {}

    record Holiday(When when, List<String> holidays) implements DayTrigger {}

    record OneDate(When when, LocalDate date) implements DayTrigger {}

    /// @param couponId null for any
    record CouponExpiring(When when, Long couponId) implements DayTrigger {}

    record Schedule(Recurrence rule, Duration lateLimit) implements DayTrigger {}

    default String name() {
        return switch (this) {
            case Birthday _ -> "birthday";
            case Anniversary _ -> "anniversary";
            case Holiday _ -> "holiday";
            case OneDate _ -> "date";
            case CouponExpiring _ -> "coupon-expiring";
            case Schedule _ -> "schedule";
        };
    }

    default List<String> variables() {
        return switch (this) {
            case Anniversary _ -> List.of("event.day", "event.years");
            case Holiday _ -> List.of("event.day", "event.holiday");
            default -> List.of("event.day");
        };
    }

    default Timetable timetable() {
        return switch (this) {
            case Birthday(var when, var _) -> new Timetable.Daily(when.at());
            case Anniversary(var when, var _) -> new Timetable.Daily(when.at());
            case CouponExpiring(var when, var _) -> new Timetable.Daily(when.at());
            case Holiday(var when, var holidays) -> {
                var days = new TreeSet<LocalDate>();
                Holidays.days(holidays).forEach(day -> days.add(day.minusDays(when.daysBefore())));
                yield new Timetable.OnDays(days, when.at());
            }
            case OneDate(var when, var date) ->
                new Timetable.OnDays(new TreeSet<>(List.of(date.minusDays(when.daysBefore()))), when.at());
            case Schedule(var rule, var _) -> new Timetable.Recurring(rule);
        };
    }

    /// On whose clock it is; null where it is each customer's.
    default ZoneId zone() {
        return this instanceof Schedule(var rule, var _) ? rule.zone() : null;
    }

    default Duration lateLimit() {
        return this instanceof Schedule(var _, var limit) ? limit : timing().lateLimit();
    }

    /// The day it is about.
    default LocalDate about(LocalDateTime local) {
        return this instanceof Schedule
                ? local.toLocalDate()
                : local.toLocalDate().plusDays(timing().daysBefore());
    }

    /// Names the occurrence.
    default String occurrence(LocalDateTime local) {
        return name() + ":" + (this instanceof Schedule ? local : about(local));
    }

    private When timing() {
        return switch (this) {
            case Birthday(var when, var _) -> when;
            case Anniversary(var when, var _) -> when;
            case Holiday(var when, var _) -> when;
            case OneDate(var when, var _) -> when;
            case CouponExpiring(var when, var _) -> when;
            case Schedule(var _, var limit) -> new When(LocalTime.MIDNIGHT, 0, limit);
        };
    }
}
