package io.regulars.scoring.lifetime;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class BgNbdTest {

    private static final BgNbd CDNOW = new BgNbd(0.2425945, 4.4136019, 0.7929199, 2.4258881);

    @Test
    void holdsWhoBoughtOnceForACustomer() {
        assertThat(CDNOW.alive(new BuyingPattern(0, 0, 5_000))).isEqualTo(1);
        assertThat(CDNOW.aliveBelowOn(new BuyingPattern(0, 0, 5_000), 0.5)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void loseHopeAsTimePassesAndTheSoonerTheOfterTheyCame() {
        var seldom = new BuyingPattern(2, 60, 200);
        var often = new BuyingPattern(20, 60, 200);

        assertThat(CDNOW.alive(seldom)).isGreaterThan(CDNOW.alive(new BuyingPattern(2, 60, 400)));
        assertThat(CDNOW.alive(often)).isLessThan(CDNOW.alive(seldom));
    }

    @ParameterizedTest
    @CsvSource({"1,30,0.5", "2,60,0.2", "20,60,0.9", "5,300,0.05", "3,3,0.3"})
    void saysTheFirstDayBelowAThreshold(int repeats, int lastDay, double threshold) {
        int day = CDNOW.aliveBelowOn(new BuyingPattern(repeats, lastDay, lastDay), threshold);

        assertThat(CDNOW.alive(new BuyingPattern(repeats, lastDay, day))).isLessThan(threshold);
        if (day > lastDay) {
            assertThat(CDNOW.alive(new BuyingPattern(repeats, lastDay, day - 1)))
                    .isGreaterThanOrEqualTo(threshold);
        }
    }

    @Test
    void expectsWhatASimulationComesTo() {
        var random = new Random(7);
        var model = new BgNbd(0.8, 25, 1.2, 3);
        long bought = 0;
        int customers = 200_000;
        for (int i = 0; i < customers; i++) {
            bought += Simulated.purchases(model, random, 365).size() - 1;
        }

        double each = bought / (double) customers;

        assertThat(model.purchasesOfNew(365)).isCloseTo(each, within(0.02 * each));
    }

    @Test
    void expectsTheSameWhereAIsOneAsALittleBesideIt() {
        var pattern = new BuyingPattern(2, 60, 100);

        double expected = new BgNbd(0.5, 4, 1, 3).purchases(pattern, 90);

        assertThat(expected).isCloseTo(new BgNbd(0.5, 4, 1.001, 3).purchases(pattern, 90), within(0.001));
        assertThat(new BgNbd(0.5, 4, 1, 3).purchasesOfNew(90))
                .isCloseTo(new BgNbd(0.5, 4, 0.999, 3).purchasesOfNew(90), within(0.001));
    }

    @Test
    void expectsOfANewCustomerTheSameEitherWay() {
        assertThat(CDNOW.purchases(new BuyingPattern(0, 0, 0), 200)).isCloseTo(CDNOW.purchasesOfNew(200), within(1e-9));
    }

    @Test
    void findsTheParametersThatAShopWasMadeOf() {
        var random = new Random(3);
        var truth = new BgNbd(0.6, 6, 0.9, 2.5);
        var patterns = new PatternCounts();
        for (int i = 0; i < 40_000; i++) {
            int age = 200 + random.nextInt(300);
            var days = Simulated.purchases(truth, random, age);
            patterns.add(new BuyingPattern(days.size() - 1, days.getLast(), age));
        }

        var found = BgNbdFit.of(patterns).model();

        assertThat(found.r()).isCloseTo(truth.r(), within(0.08 * truth.r()));
        assertThat(found.r() / found.alpha()).isCloseTo(truth.r() / truth.alpha(), within(0.006));
        assertThat(found.a() / (found.a() + found.b())).isCloseTo(0.265, within(0.03));
    }

    /// Shops that do not say where a parameter lies.
    @ParameterizedTest
    @CsvSource({
        "100,0,0,100", // nobody came again
        "100,1,100,100", // everybody came again on the last day
        "100,50,99,100", // everybody comes every other day
        "1,1,1,2000", // one customer
        "1000,3,30,30", // all alike
        "100,1,1,7000" // came again at once and never more
    })
    void comesToAnEndOnAnyShop(int customers, int repeats, int lastDay, int age) {
        var patterns = new PatternCounts();
        for (int i = 0; i < customers; i++) {
            patterns.add(new BuyingPattern(repeats, lastDay, age));
        }

        var fit = BgNbdFit.of(patterns);

        double expected = fit.model().purchases(new BuyingPattern(repeats, lastDay, age), 365);
        assertThat(expected).isBetween(0.0, 4_000.0);
        assertThat(fit.model().alive(new BuyingPattern(repeats, lastDay, age))).isBetween(0.0, 1.0);
    }

    @Test
    void refusesPatternsThatCannotBe() {
        assertThatThrownBy(() -> new BuyingPattern(1, 0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BuyingPattern(1, 11, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Values from Abramowitz and Stegun's closed forms: 15.1.3 and 15.1.4.
    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "0.9", "0.99"})
    void agreesWithTheClosedFormsOfTheHypergeometricFunction(double z) {
        assertThat(Hypergeometric.of(1, 1, 2, z)).isCloseTo(-Math.log(1 - z) / z, within(1e-10));
        assertThat(Hypergeometric.of(0.5, 1, 1.5, z * z))
                .isCloseTo(Math.log((1 + z) / (1 - z)) / (2 * z), within(1e-10));
    }

    @Test
    void countsPatternsHoweverManyThereAre() {
        var counts = new PatternCounts();
        for (int round = 0; round < 3; round++) {
            for (int age = 1; age <= 3_000; age++) {
                counts.add(new BuyingPattern(1, 1, age));
            }
        }

        assertThat(counts.size()).isEqualTo(3_000);
        assertThat(counts.total()).isEqualTo(9_000);
        assertThat(counts.customers(0)).isEqualTo(3);
    }
}
