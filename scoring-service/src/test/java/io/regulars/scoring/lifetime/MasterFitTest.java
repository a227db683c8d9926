package io.regulars.scoring.lifetime;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.regulars.scoring.Cdnow;
import io.regulars.scoring.Purchases;
import io.regulars.scoring.history.PurchaseHistory;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// Both fits on all 23,570 customers of CDNOW, of the 39 weeks that the papers learn from. No paper gives their
/// figures: those here are what SciPy 1.17.1 finds for the papers' likelihoods (Nelder-Mead, then BFGS to a
/// gradient of 1e-9).
class MasterFitTest {

    private static final Logger LOG = Logger.getLogger(MasterFitTest.class);
    private static final int LEARNED_UNTIL = Purchases.day("1997-09-30");

    @Test
    void theFitOfPurchasesConverges() throws IOException {
        var patterns = new PatternCounts();
        Cdnow.master().forEach(history -> patterns.add(BuyingPattern.of(history, LEARNED_UNTIL)));
        var begun = System.nanoTime();

        var fit = BgNbdFit.of(patterns);

        LOG.infof(
                "BG/NBD fitted on %d customers, %d patterns, in %d ms",
                patterns.total(), patterns.size(), (System.nanoTime() - begun) / 1_000_000);
        var model = fit.model();
        assertThat(patterns.total()).isEqualTo(23_570);
        assertThat(model.r()).isCloseTo(0.25162395, within(1e-6));
        assertThat(model.alpha()).isCloseTo(4.78894279, within(1e-5));
        assertThat(model.a()).isCloseTo(0.72343361, within(1e-5));
        assertThat(model.b()).isCloseTo(2.16108857, within(1e-4));
        assertThat(fit.logLikelihood()).isCloseTo(-95_368.44393, within(1e-4));
        var likelihood = new BgNbdLikelihood(patterns);
        isAtTheTop(
                new double[] {model.r(), model.alpha(), model.a(), model.b()},
                at -> likelihood.of(new BgNbd(at[0], at[1], at[2], at[3])),
                patterns.total());
    }

    @Test
    void theFitOfSpendingConverges() throws IOException {
        var spending = spending(Cdnow.master());
        var begun = System.nanoTime();

        var fit = GammaGammaFit.of(spending);

        LOG.infof("Gamma-Gamma fitted on %d buyers in %d ms", spending.size(), (System.nanoTime() - begun) / 1_000_000);
        var model = fit.model();
        assertThat(spending.size()).isEqualTo(9_450);
        assertThat(model.p()).isCloseTo(6.27535654, within(1e-3));
        assertThat(model.q()).isCloseTo(3.62445046, within(1e-4));
        assertThat(model.v()).isCloseTo(14.98369562, within(5e-3));
        assertThat(fit.logLikelihood()).isCloseTo(-40_763.47626, within(1e-4));
        isAtTheTop(
                new double[] {model.p(), model.q(), model.v()},
                at -> GammaGammaFit.logLikelihood(spending, new GammaGamma(at[0], at[1], at[2])),
                spending.size());
    }

    private static Spending spending(List<PurchaseHistory> shop) {
        var spending = new Spending();
        for (var history : shop) {
            var known = history.known(LEARNED_UNTIL);
            spending.add(known - 1, BuyingPattern.spentOnRepeats(history, known) / 100.0);
        }
        return spending;
    }

    /// The slope along the logarithm of each parameter is next to nothing for a customer, and no neighbour is
    /// better.
    private static void isAtTheTop(double[] point, ToDoubleFunction<double[]> likelihood, long customers) {
        var top = likelihood.applyAsDouble(point);
        var step = 1e-3;
        for (var i = 0; i < point.length; i++) {
            var above = likelihood.applyAsDouble(moved(point, i, 1 + step));
            var below = likelihood.applyAsDouble(moved(point, i, 1 - step));
            assertThat((above - below) / (2 * step * customers))
                    .as("slope along parameter %d", i)
                    .isCloseTo(0, within(1e-5));
            assertThat(Math.max(above, below)).as("beside parameter %d", i).isLessThan(top);
        }
    }

    private static double[] moved(double[] point, int at, double by) {
        var moved = point.clone();
        moved[at] *= by;
        return moved;
    }
}
