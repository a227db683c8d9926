package io.regulars.campaign.occasion;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RecurrenceTest {

    private static final LocalDateTime START = LocalDateTime.parse("2026-03-02T09:00");

    @Test
    void followsTheRuleFromItsStart() {
        assertThat(times("FREQ=MONTHLY;BYDAY=1MO", 3))
                .containsExactly("2026-03-02T09:00", "2026-04-06T09:00", "2026-05-04T09:00");
        assertThat(times("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3", 9))
                .containsExactly("2026-03-02T09:00", "2026-03-05T09:00", "2026-03-09T09:00");
    }

    @Test
    void skipsMonthsWithoutTheDay() {
        assertThat(times("FREQ=MONTHLY;BYMONTHDAY=31", 3))
                .containsExactly("2026-03-31T09:00", "2026-05-31T09:00", "2026-07-31T09:00");
    }

    @Test
    void endsWithItsLastDayInItsOwnZone() {
        assertThat(times("FREQ=DAILY;UNTIL=20260304T010000Z", 9))
                .containsExactly("2026-03-02T09:00", "2026-03-03T09:00", "2026-03-04T09:00");
        assertThat(times("FREQ=DAILY;UNTIL=20260303", 9)).containsExactly("2026-03-02T09:00", "2026-03-03T09:00");
    }

    @Test
    void isFoundYearsLaterWithoutLosingCount() {
        assertThat(of("FREQ=DAILY;COUNT=1000").after(LocalDateTime.parse("2028-11-24T09:00")))
                .contains(LocalDateTime.parse("2028-11-25T09:00"));
        assertThat(of("FREQ=DAILY;COUNT=1000").after(LocalDateTime.parse("2028-11-25T09:00")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=HOURLY | must recur by days",
                "FREQ=SECONDLY | must recur by days",
                "FREQ=DAILY;BYMINUTE=0,1,2,3 | must recur by days",
                "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7 | must name at most 6 hours",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | ",
                "FREQ=DAILY;UNTIL=20250101 | never happens",
                "every monday | is no recurrence rule"
            })
    void refusesWhatIsNoSchedule(String rule, String fault) {
        assertThat(of(rule).fault())
                .hasValueSatisfying(found -> assertThat(found).startsWith(fault == null ? "" : fault));
    }

    private static List<String> times(String rule, int most) {
        var recurrence = of(rule);
        assertThat(recurrence.fault()).isEmpty();
        List<String> times = new ArrayList<>();
        var next = recurrence.after(START.minusNanos(1));
        while (next.isPresent() && times.size() < most) {
            times.add(next.get().toString());
            next = recurrence.after(next.get());
        }
        return times;
    }

    private static Recurrence of(String rule) {
        return new Recurrence(rule, START, ZoneId.of("Asia/Shanghai"));
    }
}
