package io.regulars.campaign.occasion;

import java.time.LocalDate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class YearlyDaysTest {

    @ParameterizedTest
    @CsvSource({
        "2027-02-28, false, 228 229",
        "2027-03-01, false, 301",
        "2027-02-28, true, 228",
        "2027-03-01, true, 301 229",
        "2028-02-28, false, 228",
        "2028-02-29, false, 229",
        "2028-02-29, true, 229",
        "2028-03-01, true, 301",
        "2100-02-28, false, 228 229",
        "2027-12-31, false, 1231"
    })
    void aLeapDayIsKeptOnceInEachYear(LocalDate day, boolean march, String kept) {
        assertThat(YearlyDays.keptOn(day, march).stream().map(String::valueOf)).containsExactly(kept.split(" "));
    }
}
