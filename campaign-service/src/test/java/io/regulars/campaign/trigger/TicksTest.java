package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.regulars.campaign.occasion.Recurrence;
import io.regulars.campaign.occasion.Timetable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TicksTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Duration LIMIT = Duration.ofHours(4);
    private static final Timetable AT_NINE = new Timetable.Daily(LocalTime.of(9, 0));

    @Test
    void callsADayInEachZoneWhenItIsThatTimeThere() {
        var look = look(AT_NINE, Set.of(SHANGHAI, NEW_YORK), "2026-05-20T00:59:59Z", "2026-05-20T01:00:00Z");

        assertThat(look.calls()).singleElement().satisfies(call -> {
            assertThat(call.local()).isEqualTo(LocalDateTime.parse("2026-05-20T09:00"));
            assertThat(call.calledAt()).isEqualTo(Instant.parse("2026-05-20T01:00:00Z"));
            assertThat(call.missed()).isEmpty();
        });
        assertThat(look(AT_NINE, Set.of(SHANGHAI, NEW_YORK), "2026-05-20T12:59:00Z", "2026-05-20T13:00:00Z")
                        .calls())
                .extracting(Ticks.Call::local)
                .containsExactly(LocalDateTime.parse("2026-05-20T09:00"));
    }

    @Test
    void saysWhatIsTooLateAndCallsItNot() {
        var look = look(AT_NINE, Set.of(SHANGHAI), "2026-05-19T01:00:00Z", "2026-05-20T05:00:01Z");

        assertThat(look.calls()).singleElement().satisfies(call -> {
            assertThat(call.calledAt()).isNull();
            assertThat(call.missed()).containsExactly("Asia/Shanghai");
        });
        assertThat(look(AT_NINE, Set.of(SHANGHAI), "2026-05-19T01:00:00Z", "2026-05-20T05:00:00Z")
                        .calls())
                .allSatisfy(call -> assertThat(call.missed()).isEmpty());
    }

    @Test
    void aClockThatIsPutBackCallsNothingAgain() {
        assertThat(look(AT_NINE, Set.of(SHANGHAI), "2026-05-20T01:00:00Z", "2026-05-20T00:30:00Z")
                        .calls())
                .isEmpty();
    }

    @Test
    void looksAgainWhenTheNextZoneComesAndForNewZonesSoonerThanThat() {
        assertThat(look(AT_NINE, Set.of(SHANGHAI), "2026-05-19T23:00:00Z", "2026-05-20T00:00:00Z")
                        .next())
                .isEqualTo("2026-05-20T01:00:00Z");
        assertThat(look(AT_NINE, Set.of(SHANGHAI), "2026-05-20T01:00:00Z", "2026-05-20T01:00:01Z")
                        .next())
                .isEqualTo("2026-05-20T07:00:01Z");
        var once = new Timetable.OnDays(new TreeSet<>(List.of(LocalDate.of(2026, 5, 20))), LocalTime.NOON);
        assertThat(look(once, Set.of(SHANGHAI), "2026-05-20T04:00:00Z", "2026-05-20T04:00:01Z")
                        .next())
                .isNull();
    }

    /// From minute to minute over both changes of the clock, as three replicas might look.
    @Test
    void eachDayIsCalledOnceHoweverClocksChange() {
        for (LocalTime time :
                List.of(LocalTime.of(2, 30), LocalTime.of(1, 30), LocalTime.of(3, 0), LocalTime.MIDNIGHT)) {
            var daily = new Timetable.Daily(time);
            var ruled = new Timetable.Recurring(
                    new Recurrence("FREQ=DAILY", LocalDate.of(2026, 1, 1).atTime(time), BERLIN));
            for (String change : List.of("2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z")) {
                for (Timetable timetable : List.of(daily, ruled)) {
                    Map<LocalDateTime, Integer> called = new HashMap<>();
                    Instant from = Instant.parse(change);
                    Instant end = from.plus(Duration.ofDays(3));
                    while (from.isBefore(end)) {
                        Instant now = from.plusSeconds(420);
                        Ticks.look(timetable, Set.of(BERLIN), from, now, LIMIT)
                                .calls()
                                .forEach(call -> called.merge(call.local(), 1, Integer::sum));
                        from = now;
                    }

                    var days = called.keySet().stream().sorted().toList();
                    assertThat(called.values()).hasSizeGreaterThanOrEqualTo(2).containsOnly(1);
                    assertThat(Duration.between(days.getFirst(), days.getLast()))
                            .isEqualTo(Duration.ofDays(days.size() - 1L));
                }
            }
        }
    }

    private static Ticks.Look look(Timetable timetable, Set<ZoneId> zones, String from, String now) {
        return Ticks.look(timetable, zones, Instant.parse(from), Instant.parse(now), LIMIT);
    }
}
