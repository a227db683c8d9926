package io.regulars.scoring.forecast;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.regulars.scoring.forecast.Forecast.Purchase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForecastTest {

    private static final Instant START = Instant.parse("2026-03-01T06:05:00Z");
    private static final ForecastRules RULES = ForecastRules.shipped();

    private static Instant day(int day) {
        return START.plus(day, ChronoUnit.DAYS);
    }

    @Test
    void aTwentyDayProductIsRemindedOfOnDay15To18() {
        var forecast = of(Cycle.lasts(20), new Purchase(7, START, 1));

        assertThat(forecast.opensAt()).isEqualTo(day(15));
        assertThat(forecast.closesAt()).isEqualTo(day(18));
        assertThat(forecast.runsOutAt()).isEqualTo(day(20));
        assertThat(forecast.openAt(day(15).minusMillis(1))).isFalse();
        assertThat(forecast.openAt(day(15))).isTrue();
        assertThat(forecast.openAt(day(18))).isFalse();
    }

    @Test
    void moreUnitsLastLonger() {
        assertThat(of(Cycle.lasts(20), new Purchase(7, START, 3)).runsOutAt()).isEqualTo(day(60));
    }

    @Test
    void whatIsLeftWhenMoreIsBoughtIsUsedUpFirst() {
        var forecast = of(Cycle.lasts(20), new Purchase(7, START, 1), new Purchase(8, day(10), 1));

        assertThat(forecast.causeOrderId()).isEqualTo(8);
        assertThat(forecast.runsOutAt()).isEqualTo(day(40));
        assertThat(forecast.opensAt()).isEqualTo(day(10).plus(30 * 18, ChronoUnit.HOURS));
    }

    @Test
    void whatRanOutLongAgoIsNotCarriedOver() {
        var forecast = of(Cycle.lasts(20), new Purchase(7, START, 1), new Purchase(8, day(100), 1));

        assertThat(forecast.runsOutAt()).isEqualTo(day(120));
    }

    @Test
    void aLearnedCycleIsForAPurchaseHoweverMuchItHolds() {
        var forecast = of(Cycle.learned(Cycle.Basis.product, 28), new Purchase(7, START, 5));

        assertThat(forecast.runsOutAt()).isEqualTo(day(28));
        assertThat(forecast.basis()).isEqualTo(Cycle.Basis.product);
    }

    @Test
    void aCustomersOwnRhythmTakesThreeIntervals() {
        var three = List.of(new Purchase(1, START, 1), new Purchase(2, day(30), 1), new Purchase(3, day(62), 1));
        var four = new java.util.ArrayList<>(three);
        four.add(new Purchase(4, day(91), 1));

        assertThat(Forecast.of("tea", "Tea", three, null, RULES)).isEmpty();
        assertThat(Forecast.of("tea", "Tea", four, null, RULES)).hasValueSatisfying(forecast -> {
            assertThat(forecast.basis()).isEqualTo(Cycle.Basis.customer);
            assertThat(forecast.runsOutAt()).isEqualTo(day(91 + 30));
        });
    }

    @Test
    void nothingBoughtIsNothingToForecast() {
        assertThat(Forecast.of("tea", "Tea", List.of(), Cycle.lasts(20), RULES)).isEmpty();
    }

    private static Forecast of(Cycle cycle, Purchase... purchases) {
        return Forecast.of("wipes", "Wipes", List.of(purchases), cycle, RULES).orElseThrow();
    }
}
