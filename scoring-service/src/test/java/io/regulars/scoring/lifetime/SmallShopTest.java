package io.regulars.scoring.lifetime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.regulars.scoring.Cdnow;
import io.regulars.scoring.Purchases;
import io.regulars.scoring.history.PurchaseHistory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What a shop of 200 customers can know of its next nine months from its first nine: the orders that the fit expects
/// against those that came, and against the rule that as many come again as came before.
class SmallShopTest {

    private static final int CUSTOMERS = 200;
    private static final int LEARNED_DAYS = 273;
    private static final BgNbd CDNOW = new BgNbd(0.243, 4.414, 0.793, 2.426);

    /// By how much each way is wrong, as a share of what came.
    private final List<Double> fitted = new ArrayList<>();

    private final List<Double> repeated = new ArrayList<>();

    @Test
    void expectsWhatShopsThatAreMadeSoComeTo() {
        for (var seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var shop = new ArrayList<PurchaseHistory>();
            for (var customer = 1; customer <= CUSTOMERS; customer++) {
                shop.add(history(customer, random.nextInt(84), random));
            }
            forecast(shop, LEARNED_DAYS, 2 * LEARNED_DAYS);
        }

        assertThat(fitted).hasSize(20);
        assertThat(middle(fitted)).isLessThan(0.2).isLessThan(middle(repeated) / 2);
    }

    @Test
    void expectsWhatPartsOfARealShopCameTo() throws IOException {
        var all = Cdnow.sample();
        for (var part = 0; part < 11; part++) {
            var shop = new ArrayList<PurchaseHistory>();
            for (var i = part; shop.size() < CUSTOMERS; i += 11) {
                shop.add(all.get(i));
            }
            forecast(shop, Purchases.day("1997-09-30"), Purchases.day("1998-06-30"));
        }

        assertThat(fitted).hasSize(11);
        assertThat(middle(fitted)).isLessThan(0.2).isLessThan(middle(repeated) / 2);
    }

    private static PurchaseHistory history(long customer, int firstDay, Random random) {
        var days = Simulated.purchases(CDNOW, random, 2 * LEARNED_DAYS - firstDay).stream()
                .mapToInt(day -> firstDay + day)
                .toArray();
        var orders = new int[days.length];
        Arrays.fill(orders, 1);
        var amounts = new long[days.length];
        Arrays.fill(amounts, 10_00);
        return new PurchaseHistory(customer, days, orders, amounts, new int[days.length]);
    }

    private void forecast(List<PurchaseHistory> shop, int learnedUntil, int today) {
        var sample = new FitSample(learnedUntil, today, 2);
        shop.forEach(sample::add);
        var later = sample.fit().later();
        var before = shop.stream()
                .mapToLong(history -> Math.max(0, history.known(learnedUntil) - 1))
                .sum();
        fitted.add(error(later.expected(), later.actual()));
        repeated.add(error(before, later.actual()));
    }

    private static double error(double expected, long came) {
        return Math.abs(expected / came - 1);
    }

    private static double middle(List<Double> errors) {
        return errors.stream().sorted().toList().get(errors.size() / 2);
    }
}
