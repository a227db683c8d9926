package io.regulars.scoring.lifetime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.GammaDistribution;

/// A customer who behaves as BG/NBD says.
final class Simulated {

    private Simulated() {}

    /// The days of the purchases, the first on day 0; several on one day are one.
    static List<Integer> purchases(BgNbd model, Random random, int age) {
        double rate =
                new GammaDistribution(model.r(), 1 / model.alpha()).inverseCumulativeProbability(random.nextDouble());
        double gone = new BetaDistribution(model.a(), model.b()).inverseCumulativeProbability(random.nextDouble());
        var days = new ArrayList<Integer>();
        days.add(0);
        double at = 0;
        while (true) {
            at += -Math.log(1 - random.nextDouble()) / rate * BgNbd.DAYS;
            if (at > age) {
                return days;
            }
            if ((int) at > days.getLast()) {
                days.add((int) at);
            }
            if (random.nextDouble() < gone) {
                return days;
            }
        }
    }
}
