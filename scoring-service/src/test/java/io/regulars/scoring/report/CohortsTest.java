package io.regulars.scoring.report;

import java.time.LocalDate;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.report.Cohorts.By;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CohortsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 4, 10);

    @Test
    void aCustomerBelongsToTheirFirstPeriodAndCountsOnceInEachLaterOne() {
        var cohorts = cohorts("2026-01-01", "2026-03-01");
        cohorts.add(Purchases.none()
                .on("2026-01-05", 10)
                .on("2026-01-06", 20)
                .on("2026-03-01", 40)
                .history());
        cohorts.add(Purchases.none().on("2026-01-31", 5).history());
        cohorts.add(Purchases.none().on("2025-12-31", 1).on("2026-01-01", 1).history());
        cohorts.add(Purchases.none().on("2026-04-11", 1).history());

        assertThat(cohorts.size(0)).isEqualTo(2);
        assertThat(cohorts.periods(0)).isEqualTo(4);
        assertThat(cohorts.buyers(0, 0)).isEqualTo(2);
        assertThat(cohorts.sales(0, 0)).isEqualTo(35);
        assertThat(cohorts.buyers(0, 1)).isZero();
        assertThat(cohorts.buyers(0, 2)).isEqualTo(1);
        assertThat(cohorts.sales(0, 2)).isEqualTo(40);
        assertThat(cohorts.size(1)).isZero();
        assertThat(cohorts.start(0, 2)).isEqualTo("2026-03-01");
        assertThat(cohorts.over(0, 2)).isTrue();
        assertThat(cohorts.over(0, 3)).isFalse();
    }

    @Test
    void aCohortThatHasNotBegunHasNoPeriods() {
        var cohorts = cohorts("2026-04-01", "2026-06-01");

        assertThat(cohorts.periods(0)).isEqualTo(1);
        assertThat(cohorts.periods(1)).isZero();
        assertThat(cohorts.periods(2)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "week, 2026-01-04, 2025-12-29",
        "week, 2026-01-05, 2026-01-05",
        "week, 1970-01-01, 1969-12-29",
        "month, 2026-12-31, 2026-12-01",
        "quarter, 2026-06-30, 2026-04-01",
        "quarter, 2026-12-31, 2026-10-01",
    })
    void aDayLiesInAPeriod(By by, LocalDate day, LocalDate start) {
        assertThat(by.start(by.of(day))).isEqualTo(start);
        assertThat(by.of(start)).isEqualTo(by.of(day));
        assertThat(by.of(start.minusDays(1))).isEqualTo(by.of(day) - 1);
    }

    private static Cohorts cohorts(String first, String last) {
        return new Cohorts(
                By.month, By.month.of(LocalDate.parse(first)), By.month.of(LocalDate.parse(last)), TODAY, 60);
    }
}
