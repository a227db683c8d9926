package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Real data whose figures are printed in textbooks and manuals; the digits beyond those were worked out with
/// scipy 1.17.
class TextbookTest {

    private static final Offset<Double> SIX_DIGITS = Offset.offset(5e-7);

    /// The Physicians' Health Study, randomised: heart attacks with aspirin and with placebo. Agresti,
    /// Categorical Data Analysis, prints a difference of 0.0077 with the interval 0.0047 to 0.0107, and a
    /// chi-square of 25.01.
    @Test
    void comparesRatesAsAgrestiDoes() {
        var analysis = analysis(rates("aspirin", 11_037, 104), rates("placebo", 11_034, 189));

        var conversion = analysis.comparisons().getFirst().conversion();
        assertThat(conversion.difference()).isCloseTo(-0.007706024, SIX_DIGITS);
        assertThat(conversion.interval().low()).isCloseTo(-0.010724297, SIX_DIGITS);
        assertThat(conversion.interval().high()).isCloseTo(-0.004687751, SIX_DIGITS);
        assertThat(conversion.z()).isCloseTo(-5.001388204, SIX_DIGITS);
        assertThat(conversion.p()).isCloseTo(5.691896974e-7, Offset.offset(1e-13));
        assertThat(conversion.lift()).isCloseTo(-0.449885019, SIX_DIGITS);
        assertThat(conversion.liftInterval().low()).isCloseTo(-0.580722304, SIX_DIGITS);
        assertThat(conversion.liftInterval().high()).isCloseTo(-0.319047734, SIX_DIGITS);
        assertThat(analysis.overall().chiSquare()).isCloseTo(25.013883967, SIX_DIGITS);
        assertThat(analysis.overall().p()).isCloseTo(5.691896974e-7, Offset.offset(1e-13));
    }

    /// R's own `t.test(mpg ~ am, data = mtcars)`: t = -3.7671, df = 18.332, p = 0.001374, -11.280194 to
    /// -3.209684.
    @Test
    void comparesMeansAsRDoes() {
        var automatic =
                List.of(214, 187, 181, 143, 244, 228, 192, 178, 164, 173, 152, 104, 104, 147, 215, 155, 152, 133, 192);
        var manual = List.of(210, 210, 228, 324, 304, 339, 273, 260, 304, 158, 197, 150, 214);

        var sales = analysis(tenths("automatic", automatic), tenths("manual", manual))
                .comparisons()
                .getFirst()
                .sales();

        assertThat(sales.t()).isCloseTo(-3.767123145, SIX_DIGITS);
        assertThat(sales.df()).isCloseTo(18.332251638, SIX_DIGITS);
        assertThat(sales.p()).isCloseTo(0.001373638, SIX_DIGITS);
        assertThat(sales.interval().low()).isCloseTo(-11.280194355, SIX_DIGITS);
        assertThat(sales.interval().high()).isCloseTo(-3.209684187, SIX_DIGITS);
    }

    /// Mendel's peas against 9 : 3 : 3 : 1: chi-square 0.47, p = 0.9254.
    @Test
    void comparesRatiosAsMendelDid() {
        var peas = List.of(rates("ry", 315, 0), rates("wy", 101, 0), rates("rg", 108, 0), rates("wg", 32, 0));
        var weights = Map.of(
                "ry", BigDecimal.valueOf(9),
                "wy", BigDecimal.valueOf(3),
                "rg", BigDecimal.valueOf(3),
                "wg", BigDecimal.ONE);

        var ratio = SampleRatio.of(peas, Lots.of(peas, weights));

        assertThat(ratio.chiSquare()).isCloseTo(0.470023981, SIX_DIGITS);
        assertThat(ratio.df()).isEqualTo(3);
        assertThat(ratio.p()).isCloseTo(0.925425895, SIX_DIGITS);
        assertThat(ratio.mismatch()).isFalse();
    }

    @Test
    void showsTenDigitsAndNoTraceOfDoubles() {
        assertThat(List.of(1.05 - 1, 0.1 + 0.2, 2.0 / 3, 100.0, 0.0, -1e-12 / 3))
                .extracting(figure -> Rounded.of(figure).toString())
                .containsExactly("0.05", "0.3", "0.6666666667", "100", "0", "-3.333333333E-13");
    }

    private static Analysis analysis(Arm arm, Arm control) {
        return Analysis.of(new Experiment(
                List.of(arm, control), control.name(), Lots.unknown("-"), null, Pace.unknown("-"), "CNY"));
    }

    private static Arm rates(String name, long customers, long converted) {
        return new Arm(name, customers, converted, 0, BigInteger.ZERO);
    }

    private static Arm tenths(String name, List<Integer> values) {
        IntStream hundredths = values.stream().mapToInt(value -> value * 10);
        long squares = values.stream().mapToLong(value -> 100L * value * value).sum();
        return new Arm(name, values.size(), 0, hundredths.sum(), BigInteger.valueOf(squares));
    }
}
