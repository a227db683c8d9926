package io.regulars.campaign.campaign;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimeOfDayTest {

    @ParameterizedTest
    @CsvSource({
        // today, tomorrow, and at the very instant
        "10:00, '', Asia/Shanghai, 2026-03-02T01:00:00Z, 2026-03-02T02:00:00Z",
        "10:00, '', Asia/Shanghai, 2026-03-02T02:00:01Z, 2026-03-03T02:00:00Z",
        "10:00, '', Asia/Shanghai, 2026-03-02T02:00:00Z, 2026-03-02T02:00:00Z",
        // the customer's day is not the day in Greenwich
        "10:00, '', America/New_York, 2026-03-02T02:00:00Z, 2026-03-02T15:00:00Z",
        // a Monday
        "10:00, MONDAY, Asia/Shanghai, 2026-03-02T01:00:00Z, 2026-03-02T02:00:00Z",
        "10:00, MONDAY, Asia/Shanghai, 2026-03-02T03:00:00Z, 2026-03-09T02:00:00Z",
        "10:00, TUESDAY SATURDAY, Asia/Shanghai, 2026-03-04T03:00:00Z, 2026-03-07T02:00:00Z",
        // put forward from 02:00 to 03:00: the moment of the jump
        "02:30, '', Europe/Berlin, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
        "02:30, '', Europe/Berlin, 2026-03-29T01:00:01Z, 2026-03-30T00:30:00Z",
        // put back from 03:00 to 02:00: the first of the two
        "02:30, '', Europe/Berlin, 2026-10-24T23:30:00Z, 2026-10-25T00:30:00Z",
        "02:30, '', Europe/Berlin, 2026-10-25T00:45:00Z, 2026-10-26T01:30:00Z",
        // put forward at midnight
        "00:00, '', Africa/Cairo, 2026-04-23T20:00:00Z, 2026-04-23T22:00:00Z",
    })
    void isTheNextTimeTheClockOnTheWallShowsIt(LocalTime time, String days, ZoneId zone, Instant now, Instant then) {
        Set<DayOfWeek> on = Arrays.stream(days.split(" "))
                .filter(day -> !day.isEmpty())
                .map(DayOfWeek::valueOf)
                .collect(Collectors.toSet());

        assertThat(new TimeOfDay(time, on).from(now, zone)).isEqualTo(then);
    }
}
