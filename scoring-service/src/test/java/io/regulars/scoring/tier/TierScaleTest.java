package io.regulars.scoring.tier;

import io.regulars.scoring.Purchases;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static io.regulars.scoring.history.PurchaseHistory.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

class TierScaleTest {

    private final TierScale scale = new TierScale(TierRules.shipped(), 2);

    @Test
    void whoNeverBoughtIsNew() {
        var standing = scale.on(Purchases.none().history(), day("2026-01-01"));

        assertThat(standing.rank()).isZero();
        assertThat(standing.points().total()).isZero();
        assertThat(standing.points().recencyDays()).isEqualTo(-1);
        assertThat(standing.changesOn()).isEqualTo(NEVER);
    }

    @Test
    void aFirstOrderEarnsPointsForRecencyFrequencyAndAmount() {
        var history = Purchases.none().on("2026-01-01", 199_00).history();

        var points = scale.on(history, day("2026-01-01")).points();

        assertThat(points.total()).isEqualTo(5 * 4 + 8 + 8);
        assertThat(points.recencyDays()).isZero();
    }

    @Test
    void goesUpOnTheDayOfTheOrder() {
        var history = Purchases.none()
                .on("2026-01-01", 199_00)
                .on("2026-02-01", 12_000_00)
                .history();

        assertThat(scale.on(history, day("2026-01-31")).rank()).isZero();
        var standing = scale.on(history, day("2026-02-01"));
        assertThat(standing.rank()).isEqualTo(3);
        assertThat(standing.since()).isEqualTo(day("2026-02-01"));
    }

    /// 68 points on the first day, 56 when the order is half a year old; senior takes 60.
    @Test
    void keepsTheTierThroughTheGracePeriodAndThenFalls() {
        var history = Purchases.none().on("2026-01-01", 12_000_00).history();
        var tooFew = day("2026-01-01") + 181;

        var before = scale.on(history, tooFew - 1);
        var pending = scale.on(history, tooFew);
        var lastDay = scale.on(history, tooFew + 29);
        var fallen = scale.on(history, tooFew + 30);

        assertThat(before.rank()).isEqualTo(2);
        assertThat(before.fallsOn()).isEqualTo(NEVER);
        assertThat(before.changesOn()).isEqualTo(tooFew);
        assertThat(pending.rank()).isEqualTo(2);
        assertThat(pending.earned()).isEqualTo(1);
        assertThat(pending.fallsOn()).isEqualTo(tooFew + 30);
        assertThat(pending.changesOn()).isEqualTo(tooFew + 30);
        assertThat(lastDay.rank()).isEqualTo(2);
        assertThat(fallen.rank()).isEqualTo(1);
        assertThat(fallen.since()).isEqualTo(tooFew + 30);
        assertThat(fallen.fallsOn()).isEqualTo(NEVER);
    }

    @Test
    void aNewOrderInTheGracePeriodEndsIt() {
        var days = Purchases.none().on("2026-01-01", 12_000_00);
        var quiet = scale.on(days.history(), day("2026-07-10"));

        var again = scale.on(days.on("2026-07-10", 100_00).history(), day("2026-07-10"));

        assertThat(quiet.fallsOn()).isNotEqualTo(NEVER);
        assertThat(again.fallsOn()).isEqualTo(NEVER);
        assertThat(again.rank()).isGreaterThanOrEqualTo(quiet.rank());
    }

    @Test
    void anOrderGivenBackNeverMadeATier() {
        var bought = Purchases.none()
                .on("2026-01-01", 100_00)
                .on("2026-02-01", 12_000_00)
                .history();
        var givenBack = Purchases.none().on("2026-01-01", 100_00).history();

        assertThat(scale.on(bought, day("2026-02-02")).rank()).isEqualTo(3);
        assertThat(scale.on(givenBack, day("2026-02-02")).rank()).isZero();
    }

    @Test
    void saysWhatTheNextTierTakes() {
        var history = Purchases.none().on("2026-01-01", 199_00).history();

        var next = NextTier.of(scale.on(history, day("2026-01-10")), scale);

        assertThat(next.rank()).isEqualTo(1);
        assertThat(next.points()).isEqualTo(44 - 36);
        assertThat(next.ways()).containsExactly(new NextTier.Way(1, 0));
    }

    @Test
    void namesCheaperWaysThatTakeMoreOrders() {
        var history = Purchases.none()
                .on("2026-01-01", 199_00)
                .on("2026-01-02", 400_00)
                .history();

        var next = NextTier.of(scale.on(history, day("2026-01-10")), scale);

        assertThat(next.rank()).isEqualTo(2);
        assertThat(next.ways()).containsExactly(new NextTier.Way(1, 1_401_00), new NextTier.Way(2, 0));
    }

    @Test
    void nobodyLacksAnythingAtTheTop() {
        var days = Purchases.none();
        for (var i = 0; i < 12; i++) {
            days.on(day("2026-01-01") + i, 1_000_00, false);
        }

        assertThat(NextTier.of(scale.on(days.history(), day("2026-01-12")), scale))
                .isNull();
    }
}
