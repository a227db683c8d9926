package io.regulars.campaign.campaign;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;

import io.regulars.campaign.coupon.Coupons;
import io.regulars.campaign.occasion.Holidays;
import io.regulars.campaign.occasion.Recurrence;
import io.regulars.campaign.reading.Fields;

/// Reads the triggers that begin on days.
final class DayTriggerReader {

    private static final LocalTime MORNING = LocalTime.of(10, 0);
    private static final Duration LATE_LIMIT = Duration.ofHours(4);
    private static final Duration LONGEST_LATE_LIMIT = Duration.ofHours(20);
    private static final int MOST_DAYS_BEFORE = 60;
    private static final List<String> LEAP_DAYS = List.of("02-28", "03-01");
    private static final List<String> BEGINNINGS = List.of("customer-since", "first-order");

    private final LongPredicate couponExists;

    DayTriggerReader(LongPredicate couponExists) {
        this.couponExists = couponExists;
    }

    Trigger read(String type, Fields fields) {
        return switch (type) {
            case "birthday" ->
                new DayTrigger.Birthday(when(fields, 0), "03-01".equals(fields.oneOf("leapDay", LEAP_DAYS)));
            case "anniversary" ->
                new DayTrigger.Anniversary(
                        when(fields, 0), "first-order".equals(fields.required("of", fields.oneOf("of", BEGINNINGS))));
            case "holiday" -> new DayTrigger.Holiday(when(fields, 0), holidays(fields));
            case "date" -> {
                LocalDate date =
                        fields.required("date", parsed("date", fields, "a day such as 2026-05-20", LocalDate::parse));
                yield new DayTrigger.OneDate(when(fields, 0), date == null ? LocalDate.EPOCH : date);
            }
            case "coupon-expiring" -> new DayTrigger.CouponExpiring(when(fields, 3), coupon(fields));
            default -> schedule(fields);
        };
    }

    private static DayTrigger.When when(Fields fields, int usualDaysBefore) {
        LocalTime at = fields.timeOfDay("at");
        Long days = fields.number("daysBefore", 0, MOST_DAYS_BEFORE);
        return new DayTrigger.When(
                at == null ? MORNING : at.truncatedTo(ChronoUnit.SECONDS),
                days == null ? usualDaysBefore : days.intValue(),
                lateLimit(fields));
    }

    private static Duration lateLimit(Fields fields) {
        Duration limit = fields.duration("lateLimit");
        if (limit != null && limit.compareTo(LONGEST_LATE_LIMIT) > 0) {
            fields.fault("lateLimit", "must be at most PT20H");
        }
        return limit == null ? LATE_LIMIT : limit;
    }

    private static List<String> holidays(Fields fields) {
        List<String> named = fields.texts("holidays", 50);
        List<String> unknown =
                named.stream().filter(one -> !Holidays.keys().contains(one)).toList();
        if (named.isEmpty() || !unknown.isEmpty()) {
            fields.fault(
                    "holidays",
                    (unknown.isEmpty() ? "must name at least one" : "unknown " + unknown) + "; known are "
                            + String.join(", ", Holidays.keys()));
            return List.of();
        }
        return named;
    }

    private Long coupon(Fields fields) {
        String written = fields.text("coupon", 30);
        if (written == null) {
            return null;
        }
        var coupon = Coupons.parse(written).filter(couponExists::test);
        if (coupon.isEmpty()) {
            fields.fault("coupon", "no coupon " + written);
        }
        return coupon.orElse(null);
    }

    private static Trigger schedule(Fields fields) {
        String rule = fields.required("rrule", fields.text("rrule", 300));
        LocalDateTime start = fields.required(
                "start",
                parsed("start", fields, "a local day and time such as 2026-03-02T09:00", LocalDateTime::parse));
        ZoneId zone = fields.required("zone", parsed("zone", fields, "a time zone such as Asia/Shanghai", ZoneId::of));
        Duration limit = lateLimit(fields);
        if (rule == null || start == null || zone == null) {
            return new Trigger.Broadcast();
        }
        var recurrence = new Recurrence(rule, start.truncatedTo(ChronoUnit.SECONDS), zone);
        recurrence.fault().ifPresent(fault -> fields.fault("rrule", fault));
        return new DayTrigger.Schedule(recurrence, limit);
    }

    private static <T> T parsed(String field, Fields fields, String what, Function<String, T> parse) {
        String text = fields.text(field, 60);
        try {
            return text == null ? null : parse.apply(text);
        } catch (DateTimeException e) {
            fields.fault(field, "must be " + what);
            return null;
        }
    }
}
