package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// The figures were worked out apart, with scipy 1.17; those of the sleep data stand in R's own manual too.
class AnalysisTest {

    private static final Offset<Double> SIX_DIGITS = Offset.offset(5e-7);

    @Test
    void comparesRates() {
        var conversion = compare(rates("sent", 9_000, 495), rates("holdout", 1_000, 40), null)
                .conversion();

        assertThat(conversion.difference()).isCloseTo(0.015, SIX_DIGITS);
        assertThat(conversion.interval().low()).isCloseTo(0.001973241, SIX_DIGITS);
        assertThat(conversion.interval().high()).isCloseTo(0.028026759, SIX_DIGITS);
        assertThat(conversion.z()).isCloseTo(1.999748196, SIX_DIGITS);
        assertThat(conversion.p()).isCloseTo(0.045527461, SIX_DIGITS);
        assertThat(conversion.lift()).isCloseTo(0.375, SIX_DIGITS);
        assertThat(conversion.liftInterval().low()).isCloseTo(-0.058787344, SIX_DIGITS);
        assertThat(conversion.liftInterval().high()).isCloseTo(0.808787344, SIX_DIGITS);
        assertThat(conversion.notTold()).isEmpty();
    }

    @Test
    void comparesSalesOfArmsOfUnequalSizeAndSpread() {
        var sales = compare(arm("sent", 12, 5, 51_074, 865_085_356), arm("holdout", 8, 2, 4_999, 12_996_001), null)
                .sales();

        assertThat(sales.difference()).isCloseTo(36.312916667, SIX_DIGITS);
        assertThat(sales.t()).isCloseTo(1.610625383, SIX_DIGITS);
        assertThat(sales.df()).isCloseTo(11.780703027, SIX_DIGITS);
        assertThat(sales.p()).isCloseTo(0.133712235, SIX_DIGITS);
        assertThat(sales.interval().low()).isCloseTo(-12.911878448, SIX_DIGITS);
        assertThat(sales.interval().high()).isCloseTo(85.537711782, SIX_DIGITS);
        assertThat(sales.lift()).isCloseTo(5.811228912, SIX_DIGITS);
        assertThat(sales.liftInterval().low()).isCloseTo(-5.534947455, SIX_DIGITS);
        assertThat(sales.liftInterval().high()).isCloseTo(17.157405280, SIX_DIGITS);
        assertThat(sales.needed().control()).isEqualTo(25);
        assertThat(sales.needed().arm()).isEqualTo(37);
    }

    /// Student's sleep data: t = -1.8608, df = 17.776, p = 0.07939, interval -3.3654832 to 0.2054832.
    @Test
    void agreesWithTheTextbook() {
        var sales = compare(arm("drug 1", 10, 0, 750, 344_300), arm("drug 2", 10, 0, 2_330, 903_700), null)
                .sales();

        assertThat(sales.t()).isCloseTo(-1.860813467, SIX_DIGITS);
        assertThat(sales.df()).isCloseTo(17.776473516, SIX_DIGITS);
        assertThat(sales.p()).isCloseTo(0.079394140, SIX_DIGITS);
        assertThat(sales.interval().low()).isCloseTo(-3.365483231, SIX_DIGITS);
        assertThat(sales.interval().high()).isCloseTo(0.205483231, SIX_DIGITS);
    }

    @Test
    void comparesEachArmWithTheControlAndAllOfThem() {
        var analysis = analysis("a", null, rates("a", 1_000, 50), rates("b", 1_000, 62), rates("c", 1_000, 81));

        assertThat(analysis.comparisons()).extracting(Analysis.Comparison::arm).containsExactly("b", "c");
        var b = analysis.comparisons().getFirst().conversion();
        var c = analysis.comparisons().getLast().conversion();
        assertThat(b.p()).isCloseTo(0.243193678, SIX_DIGITS);
        assertThat(b.adjustedP()).isCloseTo(0.243193678, SIX_DIGITS);
        assertThat(c.p()).isCloseTo(0.005081912, SIX_DIGITS);
        assertThat(c.adjustedP()).isCloseTo(0.010163823, SIX_DIGITS);
        assertThat(analysis.overall().chiSquare()).isCloseTo(8.118120686, SIX_DIGITS);
        assertThat(analysis.overall().df()).isEqualTo(2);
        assertThat(analysis.overall().p()).isCloseTo(0.017265235, SIX_DIGITS);
    }

    @Test
    void correctsByHolm() {
        assertThat(Holm.adjust(java.util.Arrays.asList(0.01, 0.04, null, 0.03, 0.005)))
                .usingComparatorForType(
                        (one, other) -> Math.abs(one - other) < 1e-12 ? 0 : Double.compare(one, other), Double.class)
                .containsExactly(0.03, 0.06, null, 0.06, 0.02);
    }

    @Test
    void seesARatioThatWasNotIntended() {
        var shares = Map.of("sent", BigDecimal.valueOf(90), "holdout", BigDecimal.valueOf(10));

        var off = ratio(shares, rates("sent", 9_200, 0), rates("holdout", 800, 0));
        var chance = ratio(shares, rates("sent", 9_030, 0), rates("holdout", 970, 0));

        assertThat(off.chiSquare()).isCloseTo(44.444444444, SIX_DIGITS);
        assertThat(off.p()).isCloseTo(2.616784937e-11, Offset.offset(1e-17));
        assertThat(off.mismatch()).isTrue();
        assertThat(chance.chiSquare()).isCloseTo(1, SIX_DIGITS);
        assertThat(chance.p()).isCloseTo(0.317310508, SIX_DIGITS);
        assertThat(chance.mismatch()).isFalse();
    }

    @Test
    void tellsWhenItCannotCheckTheRatio() {
        var arms = new Arm[] {rates("sent", 10, 0), rates("holdout", 10, 0)};

        assertThat(SampleRatio.of(List.of(arms), Lots.unknown("nobody knows")).notTold())
                .isEqualTo("nobody knows");
        var nobody = ratio(Map.of("sent", BigDecimal.ONE), arms);
        assertThat(nobody.mismatch()).isTrue();
        assertThat(nobody.notTold()).contains("\"holdout\" was to get nobody");
        assertThat(ratio(Map.of("sent", BigDecimal.ONE), Arm.empty("sent")).notTold())
                .isEqualTo("there are no customers");
    }

    /// 1,000 at a holdout of 10 % and 4,000 at 5 %: by either of the two for all, it would be a mismatch.
    @Test
    void countsEachCustomerByTheWeightsThatDrewThem() {
        var arms = List.of(rates("sent", 4_698, 0), rates("holdout", 302, 0));
        var lots = Lots.of(List.of(draw(10, 888, 112), draw(5, 3_810, 190)));

        var ratio = SampleRatio.of(arms, lots);

        assertThat(ratio.intended().get("holdout")).isEqualTo(0.06);
        assertThat(ratio.chiSquare()).isCloseTo(0.014184397, SIX_DIGITS);
        assertThat(ratio.p()).isCloseTo(0.905197504, SIX_DIGITS);
        assertThat(ratio.mismatch()).isFalse();
        assertThat(ratio(draw(10, 0, 0).weights(), arms.toArray(Arm[]::new)).mismatch())
                .isTrue();
        assertThat(ratio(draw(5, 0, 0).weights(), arms.toArray(Arm[]::new)).mismatch())
                .isTrue();
    }

    @Test
    void judgesNoRatioByTheOneCustomerWhoWasDrawn() {
        var ratio = ratio(draw(1, 0, 0).weights(), rates("sent", 2, 0), rates("holdout", 1, 0));

        assertThat(ratio.p()).isLessThan(0.001);
        assertThat(ratio.mismatch()).isNull();
        assertThat(ratio.notTold()).contains("fewer than 5 customers");
    }

    /// Within ten days each arm got what it has, the third one too: the two that are compared have to wait for
    /// their own.
    @Test
    void waitsForTheTwoArmsThatAreCompared() {
        var arms = List.of(rates("a", 1_000, 50), rates("b", 1_000, 62), rates("c", 8_000, 400));

        var needed = Analysis.of(new Experiment(arms, "a", Lots.unknown("-"), null, Pace.over(10), "CNY"))
                .comparisons()
                .getFirst()
                .conversion()
                .needed();

        assertThat(needed.control()).isEqualTo(needed.arm()).isEqualTo(5_762);
        assertThat(needed.more()).isEqualTo(2 * 4_762);
        assertThat(needed.days()).isEqualTo(48);
    }

    /// R: power.prop.test(p1 = .5, p2 = .75, power = .8) asks for 57.67 customers in each arm.
    @Test
    void tellsHowManyCustomersItTakes() {
        var enough = compare(rates("b", 100, 75), rates("a", 100, 50), null)
                .conversion()
                .needed();
        var observed = compare(rates("sent", 9_000, 495), rates("holdout", 1_000, 40), null)
                .conversion()
                .needed();
        var asked = compare(rates("sent", 9_000, 495), rates("holdout", 1_000, 40), 0.2)
                .conversion()
                .needed();

        assertThat(enough).isEqualTo(new Needed(0.5, 58L, 58L, 0L, 0L, null));
        assertThat(observed.control()).isEqualTo(1_831);
        assertThat(observed.arm()).isEqualTo(16_477);
        assertThat(observed.more()).isEqualTo(831 + 7_477);
        assertThat(observed.days()).isEqualTo(84);
        assertThat(asked.effect()).isEqualTo(0.2);
        assertThat(asked.control()).isEqualTo(5_884);
        assertThat(asked.arm()).isEqualTo(52_949);
    }

    @Test
    void tellsNoDaysWhereNobodyComes() {
        var experiment = new Experiment(
                List.of(rates("b", 1_000, 55), rates("a", 1_000, 50)),
                "a",
                Lots.unknown("-"),
                null,
                Pace.unknown("it is over"),
                "CNY");

        var needed =
                Analysis.of(experiment).comparisons().getFirst().conversion().needed();

        assertThat(needed.more()).isPositive();
        assertThat(needed.days()).isNull();
        assertThat(needed.notTold()).isEqualTo("it is over");
    }

    @Test
    void keepsTheDigitsOfSmallProbabilities() {
        assertThat(Distributions.chiSquareAbove(100, 3)).isCloseTo(1.554159431e-21, Offset.offset(1e-27));
        assertThat(Distributions.normalTwoSided(12)).isCloseTo(3.552964224e-33, Offset.offset(1e-39));
        assertThat(Distributions.studentTwoSided(15, 40.5)).isCloseTo(3.920209681e-18, Offset.offset(1e-24));
    }

    @Test
    void comparesNothingWithoutAControl() {
        var arms = new Arm[] {rates("a", 10, 1), rates("b", 10, 2)};

        assertThat(analysis(null, null, arms).notTold()).containsExactly("comparisons: no arm is named as the control");
        assertThat(analysis("c", null, arms).notTold()).containsExactly("comparisons: there is no arm \"c\"");
        assertThat(analysis("a", null, arms[0]).notTold()).containsExactly("comparisons: there is no other arm");
        assertThat(analysis(null, null, arms).overall().p()).isNotNull();
    }

    @Test
    void tellsWhatItCannotTellOfAnEmptyArm() {
        var comparison = compare(rates("b", 10, 2), Arm.empty("a"), null);

        assertThat(comparison.conversion().difference()).isNull();
        assertThat(comparison.conversion().notTold()).containsExactly("arm \"a\" has no customers");
        assertThat(comparison.sales().notTold()).containsExactly("arm \"a\" has no customers");
        assertThat(comparison.sales().needed().notTold()).isEqualTo("arm \"a\" has no customers");
        assertThat(analysis("a", null, rates("b", 10, 2), Arm.empty("a"))
                        .arms()
                        .getLast()
                        .rate())
                .isNull();
    }

    @Test
    void tellsWhatItCannotTellOfOneCustomer() {
        var sales = compare(arm("b", 1, 1, 500, 250_000), arm("a", 10, 1, 100, 10_000), null)
                .sales();

        assertThat(sales.difference()).isCloseTo(4.9, SIX_DIGITS);
        assertThat(sales.lift()).isCloseTo(49, SIX_DIGITS);
        assertThat(sales.t()).isNull();
        assertThat(sales.notTold())
                .containsExactly("interval, t, df, p, liftInterval: arm \"b\" has one customer: no spread");
    }

    @Test
    void tellsWhatItCannotTellWhereNobodyConverted() {
        var conversion = compare(rates("b", 10, 0), rates("a", 10, 0), null).conversion();

        assertThat(conversion.difference()).isZero();
        assertThat(conversion.z()).isNull();
        assertThat(conversion.notTold())
                .containsExactly(
                        "z, p: nobody converted in both arms",
                        "interval, liftInterval: in each arm all did the same, which shows no spread",
                        "lift: nobody converted in the control");
        assertThat(conversion.needed().notTold()).isEqualTo("nobody in the control converted");
        assertThat(analysis("a", null, rates("b", 10, 0), rates("a", 10, 0))
                        .overall()
                        .notTold())
                .isEqualTo("nobody converted");
    }

    @Test
    void tellsWhatItCannotTellWhereEverybodyConverted() {
        var conversion = compare(rates("b", 10, 10), rates("a", 10, 10), 0.1).conversion();

        assertThat(conversion.lift()).isZero();
        assertThat(conversion.liftInterval()).isNull();
        assertThat(conversion.notTold()).contains("z, p: everybody converted in both arms");
        assertThat(conversion.needed().notTold()).isEqualTo("a rate of 1.1 cannot be");
    }

    @Test
    void tellsWhatItCannotTellOfSalesThatDoNotVary() {
        var sales = compare(arm("b", 4, 4, 400, 40_000), arm("a", 4, 4, 400, 40_000), null)
                .sales();
        var nothing = compare(arm("b", 4, 0, 0, 0), arm("a", 4, 0, 0, 0), null).sales();

        assertThat(sales.difference()).isZero();
        assertThat(sales.lift()).isZero();
        assertThat(sales.notTold())
                .containsExactly(
                        "interval, t, df, p, liftInterval: every customer of an arm spent the same: no spread");
        assertThat(nothing.notTold()).contains("lift: nobody bought in the control");
    }

    /// The squares of what a hundred thousand customers spent are beyond a `long`, and beyond what a double
    /// holds.
    @Test
    void losesNothingOfLargeSums() {
        long each = 10_000_000_001L;
        var squares = BigInteger.valueOf(each)
                .pow(2)
                .multiply(BigInteger.valueOf(50_000))
                .add(BigInteger.valueOf(each + 1).pow(2).multiply(BigInteger.valueOf(50_000)));

        var arm = new Arm("a", 100_000, 0, each * 100_000 + 50_000, squares);

        assertThat(arm.variance()).isCloseTo(0.25 * 100_000 / 99_999, Offset.offset(1e-12));
    }

    @Test
    void warnsOfFewConversions() {
        assertThat(analysis("a", null, rates("a", 100, 4), rates("b", 100, 50)).cautions())
                .singleElement()
                .asString()
                .contains("arm \"a\" has fewer than 5");
    }

    @Test
    void refusesSumsThatCannotBe() {
        assertThatThrownBy(() -> rates("a", 1, 2)).hasMessage("arm a cannot have 2 converted of 1 customers");
        assertThatThrownBy(() -> analysis("a", null, rates("a", 1, 1), rates("a", 1, 1)))
                .hasMessage("arms must differ in their names");
    }

    private static Analysis.Comparison compare(Arm arm, Arm control, Double effect) {
        return analysis(control.name(), effect, arm, control).comparisons().getFirst();
    }

    private static Analysis analysis(String control, Double effect, Arm... arms) {
        return Analysis.of(new Experiment(List.of(arms), control, Lots.unknown("-"), effect, Pace.over(100), "CNY"));
    }

    private static SampleRatio ratio(Map<String, BigDecimal> weights, Arm... arms) {
        return SampleRatio.of(List.of(arms), Lots.of(List.of(arms), weights));
    }

    private static Lots.Draw draw(int percent, long sent, long held) {
        return new Lots.Draw(
                Map.of("sent", BigDecimal.valueOf(100 - percent), "holdout", BigDecimal.valueOf(percent)),
                Map.of("sent", sent, "holdout", held));
    }

    private static Arm rates(String name, long customers, long converted) {
        return arm(name, customers, converted, 0, 0);
    }

    private static Arm arm(String name, long customers, long converted, long sales, long squares) {
        return new Arm(name, customers, converted, sales, BigInteger.valueOf(squares));
    }
}
