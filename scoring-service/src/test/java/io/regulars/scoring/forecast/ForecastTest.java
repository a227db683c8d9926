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
    void aCustomersOwnRhythmIsSurerThanTheProductsButNotThanTheMerchantsWord() {
        var purchases = List.of(
                new Purchase(1, START, 1),
                new Purchase(2, day(30), 1),
                new Purchase(3, day(62), 1),
                new Purchase(4, day(91), 1));

        var learned = Forecast.of("tea", "Tea", purchases, Cycle.learned(Cycle.Basis.product, 50), RULES);
        var said = Forecast.of("tea", "Tea", purchases, Cycle.lasts(20), RULES);

        assertThat(learned).hasValueSatisfying(forecast -> {
            assertThat(forecast.basis()).isEqualTo(Cycle.Basis.customer);
            assertThat(forecast.cycleDays()).isEqualTo(30);
            assertThat(forecast.confidence()).isEqualTo(new Confidence(29, 32, 3, 3, 1));
            assertThat(forecast.confidence().level()).isEqualTo(0.75);
        });
        assertThat(said).hasValueSatisfying(forecast -> {
            assertThat(forecast.basis()).isEqualTo(Cycle.Basis.lasts);
            assertThat(forecast.confidence()).isNull();
        });
    }

    @Test
    void theProductsCycleIsUsedWhileTheCustomersOwnIntervalsAreFew() {
        var confidence = new Confidence(25, 31, 40, 90, 40);
        var cycle = Cycle.learned(Cycle.Basis.product, 28, confidence);

        var forecast = of(cycle, new Purchase(1, START, 1), new Purchase(2, day(60), 1));

        assertThat(forecast.runsOutAt()).isEqualTo(day(88));
        assertThat(forecast.confidence()).isEqualTo(confidence);
    }

    @Test
    void theCustomersCycleOverAllTellsOfWhatTheyBoughtAgain() {
        var rhythm = new Rhythm(new int[] {100, 110, 130, 140, 150}).until(140).orElseThrow();

        var forecast = Forecast.of("tea", "Tea", new Purchase(2, day(40), 1), rhythm, RULES);

        assertThat(forecast.basis()).isEqualTo(Cycle.Basis.rhythm);
        assertThat(forecast.runsOutAt()).isEqualTo(day(50));
        assertThat(forecast.confidence()).isEqualTo(new Confidence(10, 20, 3, 3, 1));
    }

    @Test
    void theCycleOverAllIsAsOfTheLastPurchaseOfTheProduct() {
        var rhythm = new Rhythm(new int[] {100, 110, 130, 140, 200, 260, 320});

        assertThat(rhythm.until(139)).isEmpty();
        assertThat(rhythm.until(140).map(Cycle::days)).contains(10.0);
        assertThat(rhythm.until(400).map(Cycle::days)).contains(40.0);
        assertThat(rhythm.until(140).map(Cycle::days)).as("asked backwards").contains(10.0);
        assertThat(new Rhythm(new int[0]).until(140)).isEmpty();
    }

    @Test
    void nothingBoughtIsNothingToForecast() {
        assertThat(Forecast.of("tea", "Tea", List.of(), Cycle.lasts(20), RULES)).isEmpty();
    }

    private static Forecast of(Cycle cycle, Purchase... purchases) {
        return Forecast.of("wipes", "Wipes", List.of(purchases), cycle, RULES).orElseThrow();
    }
}
