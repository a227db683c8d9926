package io.regulars.scoring.forecast;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ConfidenceTest {

    /// Binomial tables: David and Nagaraja, Conover and others print the same.
    @ParameterizedTest
    @CsvSource({"1,1,0", "3,1,0.75", "5,1,0.9375", "6,1,0.96875", "8,1,0.9921875", "9,2,0.9609375", "10,2,0.978515625"})
    void standsOnTheOrderStatisticsOfTheTables(int values, int rank, double level) {
        assertThat(Confidence.rank(values)).isEqualTo(rank);
        assertThat(level(values)).isCloseTo(level, within(1e-12));
    }

    @Test
    void holdsByNinetyFivePercentFromSixValuesOn() {
        assertThat(IntStream.rangeClosed(6, 3_000))
                .allSatisfy(values ->
                        assertThat(level(values)).as("of %d values", values).isBetween(0.95, 1.0));
        assertThat(level(1_000_000)).isCloseTo(0.95, within(0.001));
    }

    @Test
    void spansTheValuesOfItsRank() {
        var sorted = new double[] {10, 11, 12, 20, 30, 31, 32, 33, 60, 90};

        var confidence = Confidence.ofIntervals(sorted);

        assertThat(confidence.fromDays()).isEqualTo(11);
        assertThat(confidence.toDays()).isEqualTo(60);
        assertThat(confidence.intervals()).isEqualTo(10);
        assertThat(confidence.customers()).isEqualTo(1);
    }

    /// Of a skewed distribution whose median is known, as often as it says.
    @Test
    void holdsTheTrueMedianAsOftenAsItSays() {
        var random = new Random(11);
        var rounds = 40_000;
        var held = IntStream.range(0, rounds)
                .filter(round -> {
                    var intervals = IntStream.range(0, 9)
                            .mapToDouble(i -> random.nextGaussian())
                            .map(Math::exp)
                            .toArray();
                    Arrays.sort(intervals);
                    var confidence = Confidence.ofIntervals(intervals);
                    return confidence.fromDays() <= 1 && 1 <= confidence.toDays();
                })
                .count();

        assertThat(held / (double) rounds).isCloseTo(level(9), within(0.004));
    }

    private static double level(long values) {
        return new Confidence(1, 1, values, values, 1).level();
    }
}
