package io.regulars.scoring.dimension;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitSampleTest {

    private static final double[] FIFTHS = {0, 0.2, 0.4, 0.6, 0.8};
    private static final int[] ONE_TO_FIVE = {1, 2, 3, 4, 5};

    private static LimitSample sample(Scale scale, double[] thresholds, double... values) {
        var sample = new LimitSample(false, scale, thresholds);
        for (var i = 0; i < values.length; i++) {
            sample.add(values[i], i + 1);
        }
        return sample;
    }

    @Test
    void nobodyTeachesNothing() {
        assertThat(sample(Scale.mean, FIFTHS, Double.NaN).limits()).isNull();
    }

    @Test
    void meanAndMedianAreMultiplied() {
        var thresholds = new double[] {0.5, 1, 2};

        assertThat(sample(Scale.mean, thresholds, 1, 2, 9).limits().values()).containsExactly(2, 4, 8);
        assertThat(sample(Scale.median, thresholds, 1, 2, 9).limits().values()).containsExactly(1, 2, 4);
    }

    /// The quantiles of 1, 2, 3, 4, 10 at a tenth steps of the definition: place (n - 1) × share.
    @Test
    void quantilesLieBetweenTheOrderStatistics() {
        var sorted = new double[] {1, 2, 3, 4, 10};

        assertThat(LimitSample.quantile(sorted, 0)).isEqualTo(1);
        assertThat(LimitSample.quantile(sorted, 0.2)).isEqualTo(1.8);
        assertThat(LimitSample.quantile(sorted, 0.5)).isEqualTo(3);
        assertThat(LimitSample.quantile(sorted, 0.9)).isCloseTo(7.6, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(LimitSample.quantile(sorted, 1)).isEqualTo(10);
    }

    @Test
    void byValueEqualCustomersShareABin() {
        var values = new double[] {1, 1, 1, 1, 1, 1, 2, 3, 4, 9};
        var limits = sample(Scale.quantile, FIFTHS, values).limits();
        var bins = new Bins(false, limits.values(), limits.ties(), ONE_TO_FIVE);

        // The second fifth begins above 1, and so does the third: all six are in the first.
        assertThat(bins.points(1, 1, 0)).isEqualTo(1);
        assertThat(bins.points(1, 6, 0)).isEqualTo(1);
        assertThat(bins.points(2, 7, 0)).isEqualTo(4);
        assertThat(bins.points(9, 10, 0)).isEqualTo(5);
    }

    @Test
    void byRankBinsHaveOneSizeAndEqualCustomersAreInTheOrderInWhichTheyCame() {
        var values = new double[] {1, 1, 1, 1, 1, 1, 2, 3, 4, 9};
        var limits = sample(Scale.rank, FIFTHS, values).limits();
        var bins = new Bins(false, limits.values(), limits.ties(), ONE_TO_FIVE);

        var sizes = new int[6];
        for (var i = 0; i < values.length; i++) {
            sizes[bins.points(values[i], i + 1, 0)]++;
        }

        assertThat(sizes).containsExactly(0, 2, 2, 2, 2, 2);
        assertThat(bins.points(1, 2, 0)).isEqualTo(1);
        assertThat(bins.points(1, 3, 0)).isEqualTo(2);
    }

    @Test
    void whereLessIsBetterTheFirstAreBest() {
        var sample = new LimitSample(true, Scale.rank, new double[] {0.2, 0.4, 0.6, 0.8});
        for (var i = 0; i < 10; i++) {
            sample.add(7, i + 1);
        }
        var limits = sample.limits();
        var bins = new Bins(true, limits.values(), limits.ties(), new int[] {5, 4, 3, 2});

        assertThat(bins.points(7, 1, 1)).isEqualTo(5);
        assertThat(bins.points(7, 2, 1)).isEqualTo(5);
        assertThat(bins.points(7, 3, 1)).isEqualTo(4);
        assertThat(bins.points(7, 10, 1)).isEqualTo(1);
        assertThat(bins.points(6, 10, 1)).isEqualTo(5);
    }
}
