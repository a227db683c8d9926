package io.regulars.scoring.tier;

import java.math.BigDecimal;
import java.time.Period;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.Words;
import io.regulars.scoring.dimension.Facts;
import io.regulars.scoring.dimension.Measure;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.Lifecycle;
import io.regulars.scoring.lifecycle.LifecycleRules;
import io.regulars.scoring.tier.TierRules.AtLeast;
import org.junit.jupiter.api.Test;

import static io.regulars.scoring.Purchases.day;
import static io.regulars.scoring.history.PurchaseHistory.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

class TierScaleTest {

    private final TierScale scale = scale(TierRules.shipped());

    private static TierScale scale(TierRules rules) {
        return new TierScale(rules, 2, Map.of(), new Lifecycle(LifecycleRules.shipped(), null));
    }

    private NextTier next(PurchaseHistory history, int day) {
        return NextTier.of(scale.on(history, day), scale, history, day);
    }

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

        var next = next(history, day("2026-01-10"));

        assertThat(next.rank()).isEqualTo(1);
        assertThat(next.points()).isEqualTo(44 - 36);
        assertThat(next.ways()).containsExactly(new NextTier.Way(1, 0, day("2027-01-01")));
    }

    @Test
    void namesCheaperWaysThatTakeMoreOrders() {
        var history = Purchases.none()
                .on("2026-01-01", 199_00)
                .on("2026-01-02", 400_00)
                .history();

        var next = next(history, day("2026-01-10"));

        assertThat(next.rank()).isEqualTo(2);
        assertThat(next.ways())
                .containsExactly(
                        new NextTier.Way(1, 1_401_00, day("2027-01-01")), new NextTier.Way(2, 0, day("2027-01-01")));
    }

    @Test
    void nobodyLacksAnythingAtTheTop() {
        var days = Purchases.none();
        for (var i = 0; i < 12; i++) {
            days.on(day("2026-01-01") + i, 1_000_00, false);
        }

        assertThat(next(days.history(), day("2026-01-12"))).isNull();
    }

    /// Amounts alone, the half-life of nothing: 10 points from 100.00 on, reached by 10, kept from `leaveBelow` on.
    private static TierRules byAmount(Integer leaveBelow, Period grace, Period minimumStay) {
        return new TierRules(
                Period.ofDays(30),
                new TierRules.Recency(0, List.of()),
                new TierRules.Amounts(0, List.of()),
                new TierRules.Amounts(
                        1, List.of(new AtLeast(new BigDecimal("50"), 5), new AtLeast(new BigDecimal("100"), 10))),
                null,
                null,
                List.of(
                        new TierRules.Tier("base", Words.of("基", "Base"), 0, null),
                        new TierRules.Tier("gold", Words.of("金", "Gold"), 10, leaveBelow, null)),
                grace,
                minimumStay);
    }

    @Test
    void aTierIsKeptDownToWhereItIsLeft() {
        var history =
                Purchases.none().on("2026-01-01", 60_00).on("2026-01-11", 60_00).history();
        var one = scale(byAmount(null, Period.ZERO, null));
        var two = scale(byAmount(5, Period.ZERO, null));

        assertThat(one.on(history, day("2026-01-30")).rank()).isOne();
        assertThat(one.on(history, day("2026-01-31")).rank()).isZero();
        assertThat(two.on(history, day("2026-01-31")).rank()).isOne();
        assertThat(two.on(history, day("2026-01-31")).earned()).isZero();
        assertThat(two.on(history, day("2026-01-31")).fallsOn()).isEqualTo(NEVER);
        assertThat(two.on(history, day("2026-02-09")).rank()).isOne();
        assertThat(two.on(history, day("2026-02-10")).rank()).isZero();
        assertThat(two.on(history, day("2026-02-10")).since()).isEqualTo(day("2026-02-10"));
    }

    @Test
    void aTierIsHeldForItsMinimumStay() {
        var history = Purchases.none().on("2026-01-01", 120_00).history();
        var scale = scale(byAmount(null, Period.ofDays(10), Period.ofDays(90)));

        var waiting = scale.on(history, day("2026-03-31"));

        assertThat(waiting.rank()).isOne();
        assertThat(waiting.fallsOn()).isEqualTo(day("2026-01-01") + 90);
        assertThat(scale.on(history, day("2026-01-01") + 89).rank()).isOne();
        assertThat(scale.on(history, day("2026-01-01") + 90).rank()).isZero();
    }

    @Test
    void furtherDimensionsAddTheirPoints() {
        var shipped = TierRules.shipped();
        var also = new EnumMap<Measure, TierRules.Amounts>(Measure.class);
        also.put(Measure.averageOrderValue, points(null, "100", 1));
        also.put(Measure.purchaseDays, points(null, "2", 10));
        also.put(Measure.categoryBreadth, points(Period.ofDays(30), "2", 100));
        also.put(Measure.visits, points(Period.ofDays(30), "3", 1_000));
        also.put(Measure.satisfaction, points(null, "80", 10_000));
        also.put(
                Measure.decayedFrequency,
                new TierRules.Amounts(1, List.of(new AtLeast(BigDecimal.ONE, 100_000)), null, null, 0, 10.0));
        var rules = new TierRules(
                shipped.window(),
                new TierRules.Recency(0, List.of()),
                new TierRules.Amounts(0, List.of()),
                new TierRules.Amounts(0, List.of()),
                also,
                new TierRules.Stages(1, Map.of("new", 1_000_000)),
                shipped.ladder(),
                shipped.grace(),
                null);
        var history = Purchases.none()
                .on("2026-01-01", 150_00)
                .on("2026-01-01", 70_00)
                .bought(day("2026-01-01"), "茶")
                .bought(day("2026-01-09"), "咖啡")
                .on("2026-01-09", 90_00)
                .did("2026-01-05", 3, 0, 90)
                .history();
        var facts = new Facts(history);
        var scale = scale(rules);

        assertThat(scale.total(facts, day("2025-12-31"))).isZero();
        assertThat(scale.total(facts, day("2026-01-01"))).isEqualTo(1_100_001);
        assertThat(scale.total(facts, day("2026-01-05"))).isEqualTo(1_111_001);
        assertThat(scale.total(facts, day("2026-01-09"))).isEqualTo(1_111_111);
        // 2 × 2^(-19/10) + 2^(-11/10) is 1.003 orders of decayed frequency; the day after it is 0.935.
        assertThat(scale.total(facts, day("2026-01-20"))).isEqualTo(1_111_111);
        assertThat(scale.total(facts, day("2026-01-21"))).isEqualTo(1_011_111);
        // The first category leaves its 30 days, three days later all visits do; who is silent for a month sleeps.
        assertThat(scale.total(facts, day("2026-01-31"))).isEqualTo(1_011_011);
        assertThat(scale.total(facts, day("2026-02-04"))).isEqualTo(1_010_011);
        assertThat(scale.total(facts, day("2026-02-08"))).isEqualTo(10_011);
    }

    private static TierRules.Amounts points(Period window, String from, int points) {
        return new TierRules.Amounts(1, List.of(new AtLeast(new BigDecimal(from), points)), window, null, 0, null);
    }

    @Test
    void whoHasNoValueGetsTheStatedPoints() {
        var also = Map.of(
                Measure.satisfaction,
                new TierRules.Amounts(2, List.of(new AtLeast(new BigDecimal("80"), 9)), null, null, 4, null));
        var shipped = TierRules.shipped();
        var scale = scale(new TierRules(
                shipped.window(),
                shipped.recency(),
                shipped.frequency(),
                shipped.monetary(),
                also,
                null,
                shipped.ladder(),
                shipped.grace(),
                null));

        var points = scale.on(Purchases.none().history(), day("2026-01-01")).points();

        assertThat(points.total()).isEqualTo(8);
        assertThat(points.of().getLast().value()).isNaN();
    }

    @Test
    void saysUntilWhenAWayHolds() {
        var history = Purchases.none()
                .on("2026-01-01", 400_00)
                .on("2026-03-01", 400_00)
                .history();

        // Three orders and 1,200.00 make 20 + 16 + 16; when the first order leaves the year, two make 20 + 16 + 16 too;
        // when both have left, one order of 400.00 is worth 20 + 8 + 8 and no longer ordinary.
        var rules = TierRules.shipped();
        var lower = scale.on(history, day("2026-12-15"));
        var next = NextTier.of(lower, scale, history, day("2026-12-15"));

        assertThat(rules.ladder().get(next.rank()).key()).isEqualTo("ordinary");
        assertThat(next.ways().getFirst()).isEqualTo(new NextTier.Way(1, 0, day("2027-03-01")));
    }
}
