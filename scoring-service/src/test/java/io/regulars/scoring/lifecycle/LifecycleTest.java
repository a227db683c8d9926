package io.regulars.scoring.lifecycle;

import java.util.stream.IntStream;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.history.PurchaseHistory;
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
    void whoWasLostAndOrdersAgainIsWonBackForAsLongAsOneIsNew() {
        var history = Purchases.none()
                .on("2025-01-01", 1)
                .on("2025-04-01", 1)
                .on("2025-04-20", 1)
                .on("2025-05-10", 1)
                .on("2025-06-01", 1)
                .on("2025-06-20", 1)
                .on("2025-07-10", 1)
                .history();

        assertThat(lifecycle.stage(history, day("2025-03-31"))).isEqualTo(Stage.SLEEPING);
        assertThat(lifecycle.stage(history, day("2025-04-01"))).isEqualTo(Stage.WON_BACK);
        assertThat(lifecycle.since(history, day("2025-06-30"))).isEqualTo(day("2025-04-01"));
        assertThat(lifecycle.changesOn(history, day("2025-06-21"))).isEqualTo(day("2025-07-01"));
        assertThat(lifecycle.stage(history, day("2025-07-01"))).isEqualTo(Stage.GROWING);
        assertThat(lifecycle.since(history, day("2025-07-09"))).isEqualTo(day("2025-07-01"));
        assertThat(Stage.WON_BACK.key()).isEqualTo("won-back");
    }

    @Test
    void whoStayedAwayADayLessWasNeverLost() {
        var history = Purchases.none().on("2025-01-01", 1).on("2025-03-31", 1).history();

        assertThat(lifecycle.stage(history, day("2025-03-31"))).isEqualTo(Stage.NEW);
        assertThat(lifecycle.stage(history, day("2025-04-02"))).isEqualTo(Stage.MATURE);
    }

    @Test
    void whoIsWonBackSleepsAndIsLostLikeEverybody() {
        var history = Purchases.none().on("2025-01-01", 1).on("2025-06-01", 1).history();

        assertThat(lifecycle.stage(history, day("2025-06-30"))).isEqualTo(Stage.WON_BACK);
        assertThat(lifecycle.stage(history, day("2025-07-01"))).isEqualTo(Stage.SLEEPING);
        assertThat(lifecycle.stage(history, day("2025-08-30"))).isEqualTo(Stage.LOST);
        assertThat(lifecycle.since(history, day("2025-12-01"))).isEqualTo(day("2025-08-30"));
    }

    @Test
    void isLostForAShortTimeThenForALong() {
        var history = Purchases.none().on("2025-01-01", 1).history();
        var lost = day("2025-01-01") + 90;

        assertThat(lifecycle.loss(history, lost - 1)).isNull();
        assertThat(lifecycle.loss(history, lost)).isEqualTo(Loss.SHORT);
        assertThat(lifecycle.changesOn(history, lost)).isEqualTo(lost + 180);
        assertThat(lifecycle.loss(history, lost + 180)).isEqualTo(Loss.LONG);
        assertThat(lifecycle.stage(history, lost + 180)).isEqualTo(Stage.LOST);
        assertThat(lifecycle.changesOn(history, lost + 180)).isEqualTo(PurchaseHistory.NEVER);
    }

    @Test
    void saysOnWhichDaySomebodyBeganToDecline() {
        var first = day("2025-01-01");
        var purchases = Purchases.none();
        IntStream.of(0, 20, 20, 20, 20, 20, 20, 45, 70, 95).forEach(day -> purchases.on(first + day, 1, false));
        var history = purchases.history();

        assertThat(lifecycle.stage(history, first + 109)).isEqualTo(Stage.GROWING);
        assertThat(lifecycle.changesOn(history, first + 109)).isEqualTo(first + 110);
        assertThat(lifecycle.stage(history, first + 115)).isEqualTo(Stage.DECLINING);
        assertThat(lifecycle.since(history, first + 115)).isEqualTo(first + 110);
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
                .on("2025-12-01", 1)
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
                .on("2025-11-25", 1)
                .on("2025-12-20", 1)
                .on("2026-03-19", 1);
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
