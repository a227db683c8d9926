package io.regulars.scoring.lifecycle;

import io.regulars.scoring.Purchases;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static org.assertj.core.api.Assertions.assertThat;

class LifecycleTest {

    private final Lifecycle lifecycle = new Lifecycle(LifecycleRules.shipped(), null);

    @Test
    void whoNeverBoughtIsAProspect() {
        assertThat(lifecycle.stage(Purchases.none().history(), day("2026-01-01")))
                .isEqualTo(Stage.PROSPECT);
    }

    @Test
    void aFirstOrderIsNewThenSleepsThenIsLost() {
        var history = Purchases.none().on("2026-01-01", 1_00).history();

        assertThat(lifecycle.stage(history, day("2026-01-30"))).isEqualTo(Stage.NEW);
        assertThat(lifecycle.changesOn(history, day("2026-01-02"))).isEqualTo(day("2026-01-31"));
        assertThat(lifecycle.stage(history, day("2026-01-31"))).isEqualTo(Stage.SLEEPING);
        assertThat(lifecycle.changesOn(history, day("2026-02-01"))).isEqualTo(day("2026-04-01"));
        assertThat(lifecycle.stage(history, day("2026-04-01"))).isEqualTo(Stage.LOST);
    }

    @Test
    void aLongCycleLetsCustomersSleepLater() {
        var slow = new Lifecycle(LifecycleRules.shipped(), 60.0);

        assertThat(slow.sleepAfterDays()).isEqualTo(60);
        assertThat(slow.lostAfterDays()).isEqualTo(180);
    }

    @Test
    void growsStaysAndDeclinesByTheOrdersOfTwoPeriods() {
        var growing = Purchases.none()
                .on("2025-10-01", 1)
                .on("2026-02-01", 1)
                .on("2026-03-01", 1)
                .on("2026-03-20", 1);
        var mature = Purchases.none()
                .on("2025-09-01", 1)
                .on("2025-11-01", 1)
                .on("2025-12-01", 1)
                .on("2025-12-20", 1)
                .on("2026-02-01", 1)
                .on("2026-03-20", 1);
        var declining = Purchases.none()
                .on("2025-09-01", 1)
                .on("2025-12-01", 1)
                .on("2025-12-20", 1)
                .on("2026-03-20", 1);
        var today = day("2026-03-25");

        assertThat(lifecycle.stage(growing.history(), today)).isEqualTo(Stage.GROWING);
        assertThat(lifecycle.stage(mature.history(), today)).isEqualTo(Stage.MATURE);
        assertThat(lifecycle.stage(declining.history(), today)).isEqualTo(Stage.DECLINING);
    }

    @Test
    void intervalsAtBigPromotionsAndOrdersOfOneDayAreLeftOut() {
        var sample = new CycleSample();

        sample.add(
                Purchases.none()
                        .on("2026-01-01", 1)
                        .on("2026-01-21", 1)
                        .on("2026-01-21", 1)
                        .inBigPromotion("2026-01-25", 1)
                        .on("2026-03-25", 1)
                        .on("2026-04-24", 1)
                        .history(),
                day("2026-05-01"));
        sample.add(Purchases.none().on("2026-01-01", 1).history(), day("2026-05-01"));

        assertThat(sample.cycle()).isEqualTo(new PurchaseCycle(25.0, 25.0, 2, 1));
    }

    @Test
    void frequentBuyersSupplyMostPooledIntervalsButEachOnlyOneMedian() {
        var sample = new CycleSample();
        var frequent = Purchases.none();
        for (var i = 0; i < 10; i++) {
            frequent.on(day("2026-01-01") + 7 * i, 1, false);
        }
        sample.add(frequent.history(), day("2026-05-01"));
        sample.add(Purchases.none().on("2026-01-01", 1).on("2026-03-02", 1).history(), day("2026-05-01"));
        sample.add(Purchases.none().on("2026-01-01", 1).on("2026-03-12", 1).history(), day("2026-05-01"));

        assertThat(sample.cycle().pooledDays()).isEqualTo(7);
        assertThat(sample.cycle().customersDays()).isEqualTo(60);
    }
}
