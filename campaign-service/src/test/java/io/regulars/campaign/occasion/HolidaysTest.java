package io.regulars.campaign.occasion;

import java.time.LocalDate;
import java.util.List;

import com.nlf.calendar.Lunar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Against an almanac. ICU's Chinese calendar is a day off in February 2027 and 2030, when the new moon comes within
/// minutes of midnight in Peking.
class HolidaysTest {

    @ParameterizedTest
    @CsvSource({
        "spring-festival, 1, 1",
        "lantern, 1, 15",
        "dragon-boat, 5, 5",
        "qixi, 7, 7",
        "mid-autumn, 8, 15",
        "double-ninth, 9, 9"
    })
    void lunarHolidaysFallOnTheAlmanacsDays(String key, int month, int day) {
        for (int year = Holidays.FIRST_YEAR; year <= Holidays.LAST_YEAR; year++) {
            var expected =
                    LocalDate.parse(Lunar.fromYmd(year, month, day).getSolar().toYmd());

            assertThat(inYear(key, year)).containsExactly(expected);
        }
    }

    @Test
    void qingmingFallsOnTheDayOfTheSolarTerm() {
        for (int year = Holidays.FIRST_YEAR; year <= Holidays.LAST_YEAR; year++) {
            var term = Lunar.fromYmd(year, 1, 1).getJieQiTable().get("清明");

            assertThat(inYear("qingming", year)).containsExactly(LocalDate.parse(term.toYmd()));
        }
    }

    @Test
    void shoppingDaysComeEachYear() {
        assertThat(inYear("double-eleven", 2026)).containsExactly(LocalDate.of(2026, 11, 11));
        assertThat(inYear("618", 2037)).containsExactly(LocalDate.of(2037, 6, 18));
    }

    @Test
    void ofTwoOnOneDayTheFirstIsNamed() {
        var day = LocalDate.of(2031, 10, 1);

        assertThat(Holidays.on(day, List.of("mid-autumn", "national-day")))
                .hasValueSatisfying(holiday -> assertThat(holiday.chinese()).isEqualTo("中秋节"));
        assertThat(Holidays.days(List.of("mid-autumn", "national-day")).subSet(day, day.plusDays(1)))
                .hasSize(1);
    }

    private static List<LocalDate> inYear(String key, int year) {
        return Holidays.days(List.of(key)).stream()
                .filter(day -> day.getYear() == year)
                .toList();
    }
}
