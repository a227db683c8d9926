package io.regulars.scoring.churn;

import java.util.Set;
import java.util.stream.IntStream;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.Lifecycle;
import io.regulars.scoring.lifecycle.LifecycleRules;
import io.regulars.scoring.lifetime.BgNbd;
import io.regulars.scoring.lifetime.BuyingPattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// By the shipped rules: 60 days against 60, at most a half, and a probability below a half; asleep after 30.
class ChurnWatchTest {

    private static final int FIRST = Purchases.day("2025-01-01");
    private static final BgNbd FIT = new BgNbd(0.5, 4, 1, 3);

    private final ChurnWatch watch = watch(null, null);

    @Test
    void warnsOfOrdersThatBecomeFewer() {
        var history = with(every(10, 50, 1_00), 10_00, 75, 100).history();

        assertThat(watch.warning(history, FIRST + 109)).isNull();
        assertThat(watch.changesOn(history, FIRST + 104)).isEqualTo(FIRST + 110);
        assertThat(watch.warning(history, FIRST + 110)).isEqualTo(new Warning(Set.of(Sign.frequency), FIRST + 110));
        assertThat(watch.warning(history, FIRST + 125)).isEqualTo(new Warning(Set.of(Sign.frequency), FIRST + 110));
        assertThat(watch.reason(Set.of(Sign.frequency), history, FIRST + 110).en())
                .isEqualTo("2 orders in the last 60 days, 6 in as many before");
    }

    @Test
    void whoSleepsIsWarnedOfNoLonger() {
        var history = with(every(10, 50, 1_00), 10_00, 75, 100).history();

        assertThat(watch.changesOn(history, FIRST + 110)).isEqualTo(FIRST + 130);
        assertThat(watch.warning(history, FIRST + 130)).isNull();
        assertThat(watch.changesOn(history, FIRST + 130)).isEqualTo(PurchaseHistory.NEVER);
    }

    @Test
    void ordersEnoughEndAWarning() {
        var history = with(every(10, 50, 1_00), 10_00, 75, 100, 112, 113).history();

        assertThat(watch.warning(history, FIRST + 112)).isNotNull();
        assertThat(watch.warning(history, FIRST + 113)).isNull();
    }

    @Test
    void warnsOfAnAmountThatFalls() {
        var history = with(every(10, 50, 1_00), 10, 60, 70, 80, 90, 100, 110).history();

        assertThat(watch.warning(history, FIRST + 110).signs()).containsExactly(Sign.amount);
        assertThat(watch.reason(Set.of(Sign.amount), history, FIRST + 110).en())
                .isEqualTo("spent in the last 60 days 10% of what was in as many before");
    }

    @Test
    void warnsOnTheDayOnWhichTheCustomerIsProbablyGone() {
        var history = every(3, 30, 1_00).history();
        var gone = FIT.aliveBelowOn(new BuyingPattern(10, 30, 30), 0.5);
        var fitted = watch(null, FIT);

        assertThat(gone).isBetween(31, 59);
        assertThat(fitted.warning(history, FIRST + gone - 1)).isNull();
        assertThat(fitted.changesOn(history, FIRST + 31)).isEqualTo(FIRST + gone);
        assertThat(fitted.warning(history, FIRST + gone)).isEqualTo(new Warning(Set.of(Sign.alive), FIRST + gone));
        assertThat(watch.warning(history, FIRST + gone)).isNull();
        assertThat(watch.changesOn(history, FIRST + gone)).isEqualTo(PurchaseHistory.NEVER);
    }

    @Test
    void nothingIsSaidOfWhoBoughtOnce() {
        var history = Purchases.none().on(FIRST, 1_00, false).history();

        assertThat(watch(null, FIT).warning(history, FIRST + 20)).isNull();
        assertThat(watch(null, FIT).changesOn(history, FIRST + 20)).isEqualTo(PurchaseHistory.NEVER);
    }

    @Test
    void aLongCycleComparesLongerPeriods() {
        assertThat(watch.periodDays()).isEqualTo(60);
        assertThat(watch(70.0, null).periodDays()).isEqualTo(140);
    }

    @Test
    void aShareOfNothingLeavesASignOut() {
        var history = with(every(10, 50, 1_00), 10_00, 75, 100).history();
        var rules = new ChurnRules(60, 2, 2, 0, 0.5, 0);
        var quiet = new ChurnWatch(rules, new Lifecycle(LifecycleRules.shipped(), null), null, FIT);

        assertThat(quiet.warning(history, FIRST + 125)).isNull();
    }

    @Test
    void signsAreReadAsTheyWereWritten() {
        var signs = Set.of(Sign.alive, Sign.frequency);

        assertThat(Sign.split("frequency+alive")).isEqualTo(signs);
        assertThat(Sign.joined(Sign.split("frequency+alive"))).isEqualTo("frequency+alive");
    }

    private static ChurnWatch watch(Double cycleDays, BgNbd fit) {
        var lifecycle = new Lifecycle(LifecycleRules.shipped(), cycleDays);
        return new ChurnWatch(ChurnRules.shipped(), lifecycle, cycleDays, fit);
    }

    private static Purchases every(int step, int last, long amount) {
        var purchases = Purchases.none();
        IntStream.iterate(0, day -> day <= last, day -> day + step)
                .forEach(day -> purchases.on(FIRST + day, amount, false));
        return purchases;
    }

    private static Purchases with(Purchases purchases, long amount, int... days) {
        IntStream.of(days).forEach(day -> purchases.on(FIRST + day, amount, false));
        return purchases;
    }
}
