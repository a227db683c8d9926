package io.regulars.scoring.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.regulars.scoring.Purchases;
import io.regulars.scoring.churn.ChurnRules;
import io.regulars.scoring.forecast.Cycle;
import io.regulars.scoring.forecast.Forecast;
import io.regulars.scoring.forecast.Forecast.Purchase;
import io.regulars.scoring.forecast.ForecastRules;
import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.lifecycle.LifecycleRules;
import io.regulars.scoring.lifecycle.PurchaseCycle;
import io.regulars.scoring.lifetime.BgNbd;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/// Time alone changes a scorecard at its reviews and at no other instant.
class ModelProperties {

    private static final int FIRST_DAY = Purchases.day("2024-01-01");
    private static final int DAYS = 900;

    /// In which some buy so often that their orders may fall.
    private static final int BUSY_DAYS = 150;

    /// A customer, the rules of the shop in short, and two instants.
    ///
    /// @param pin given before the first of the instants, null for none
    record Case(PurchaseHistory history, List<Forecast> forecasts, Model model, Pin pin, Instant from, Instant to) {

        Scorecard score(Instant at) {
            return model.score(history, forecasts, pin, at);
        }
    }

    @Property(tries = 2_000)
    void scoringAtAnyInstantEqualsTheLastReviewBeforeIt(@ForAll("cases") Case one) {
        reviewsLeadTo(one);
    }

    @Property(tries = 2_000)
    void soItDoesWithEveryDimensionAndThresholdThatCanBe(@ForAll("wideCases") Case one) {
        assertThat(one.model().definition().violations()).isEmpty();
        reviewsLeadTo(one);
    }

    private static void reviewsLeadTo(Case one) {
        var reviewed = one.score(one.from());
        var reviews = 0;
        while (reviewed.nextReviewAt() != null && !reviewed.nextReviewAt().isAfter(one.to())) {
            assertThat(reviewed.nextReviewAt()).isAfter(reviewed.at());
            var early = one.score(reviewed.nextReviewAt().minusMillis(1));
            assertThat(told(early)).isEqualTo(told(reviewed));
            reviewed = one.score(reviewed.nextReviewAt());
            assertThat(++reviews).isLessThan(2_000);
        }

        var direct = one.score(one.to());

        assertThat(told(direct)).isEqualTo(told(reviewed));
        assertThat(direct.nextReviewAt()).isEqualTo(reviewed.nextReviewAt());
    }

    @Property(tries = 500)
    void aTierFallsOnlyAfterItsGracePeriod(@ForAll("cases") Case one) {
        var model = one.model();
        var last = 0;
        var tooFewSince = -1;
        for (var day = FIRST_DAY; day < FIRST_DAY + DAYS; day++) {
            var standing = model.scale().on(one.history(), day);
            if (standing.rank() < last) {
                assertThat(day - tooFewSince).isEqualTo(30);
            }
            last = standing.rank();
            assertThat(standing.earned()).isLessThanOrEqualTo(standing.rank());
            if (standing.earned() == standing.rank()) {
                tooFewSince = -1;
            } else if (tooFewSince < 0) {
                tooFewSince = day;
            }
        }
    }

    /// What of a scorecard is kept and told; days since the last order, and what is counted from them, go on by
    /// themselves.
    private static List<Object> told(Scorecard card) {
        return java.util.Arrays.asList(
                card.tier().rank(),
                card.tier().earned(),
                card.tier().fallsOn(),
                card.tier().since(),
                card.tier().points().total(),
                Objects.toString(card.group()),
                card.stage(),
                card.frequency(),
                card.monetary(),
                Objects.toString(card.lastOrderDay()),
                card.openWindows(),
                card.classes(),
                Objects.toString(card.pin()),
                Objects.toString(card.loss()),
                Objects.toString(card.churn()));
    }

    @Property(tries = 1_000)
    void aStageAndAWarningHoldFromTheirFirstDayWithoutABreak(@ForAll("cases") Case one) {
        var model = one.model();
        var lifecycle = model.lifecycle();
        var history = one.history();
        var today = model.day(one.to());

        var stage = lifecycle.stage(history, today);
        var since = lifecycle.since(history, today);
        var warning = model.churn().warning(history, today);

        if (since != null) {
            assertThat(IntStream.rangeClosed(since, today).mapToObj(day -> lifecycle.stage(history, day)))
                    .containsOnly(stage);
            assertThat(lifecycle.stage(history, since - 1) != stage || wokeOn(since, one))
                    .isTrue();
        }
        if (warning != null) {
            assertThat(IntStream.rangeClosed(warning.since(), today)
                            .mapToObj(day -> model.churn().warning(history, day)))
                    .doesNotContainNull();
            assertThat(model.churn().warning(history, warning.since() - 1) == null || wokeOn(warning.since(), one))
                    .isTrue();
        }
    }

    /// Whether the customer fell asleep on that day and ordered on it.
    private static boolean wokeOn(int day, Case one) {
        var known = one.history().known(day - 1);
        return known > 0
                && one.history().nextAfter(day - 1) == day
                && day - one.history().days()[known - 1]
                        >= one.model().lifecycle().sleepAfterDays();
    }

    @Provide
    Arbitrary<Case> cases() {
        return cases(Arbitraries.oneOf(histories(DAYS, 25), histories(BUSY_DAYS, 50)), ModelProperties::models);
    }

    @Provide
    Arbitrary<Case> wideCases() {
        return cases(busyHistories(), WideModels::models);
    }

    private static Arbitrary<Case> cases(
            Arbitrary<PurchaseHistory> histories, Function<Arbitrary<String>, Arbitrary<Model>> models) {
        var zones = Arbitraries.of("Asia/Shanghai", "America/New_York", "America/Sao_Paulo", "Pacific/Auckland", "UTC");
        var instants = Arbitraries.oneOf(within(DAYS + 800), within(BUSY_DAYS + 100));
        return Combinators.combine(histories, forecasts(), models.apply(zones), pinned(), instants, instants)
                .as((history, forecasts, model, pinned, one, other) -> {
                    var from = one.isBefore(other) ? one : other;
                    var pin = pinned == null
                            ? null
                            : new Pin(
                                    pinned.tier(),
                                    from.minus(pinned.before()),
                                    from.minus(pinned.before()).plus(pinned.lasting()),
                                    "why",
                                    "usr_1");
                    return new Case(history, forecasts, model, pin, from, one.isBefore(other) ? other : one);
                });
    }

    /// Instants of the first so many days.
    private static Arbitrary<Instant> within(int days) {
        return Arbitraries.longs()
                .between(0, Duration.ofDays(days).toMillis())
                .map(millis -> LocalDate.ofEpochDay(FIRST_DAY - 20)
                        .atStartOfDay(ZoneId.of("UTC"))
                        .toInstant()
                        .plusMillis(millis));
    }

    private record Pinned(String tier, Duration before, Duration lasting) {}

    private static Arbitrary<Pinned> pinned() {
        var spans =
                Arbitraries.longs().between(1, Duration.ofDays(DAYS).toMillis()).map(Duration::ofMillis);
        return Combinators.combine(Arbitraries.of("new", "vip", "super-vip", "unknown"), spans, spans)
                .as(Pinned::new)
                .injectNull(0.5);
    }

    private static Arbitrary<PurchaseHistory> histories(int days, int most) {
        var day = Arbitraries.integers().between(FIRST_DAY, FIRST_DAY + days);
        var amount = Arbitraries.of(0L, 50_00L, 600_00L, 2_500_00L, 6_000_00L, 15_000_00L);
        return Combinators.combine(day, amount, Arbitraries.of(true, false))
                .as((on, worth, promotion) -> new Object[] {on, worth, promotion})
                .list()
                .ofMaxSize(most)
                .map(purchases -> {
                    var told = Purchases.none();
                    purchases.forEach(one -> told.on((int) one[0], (long) one[1], (boolean) one[2]));
                    return told.history();
                });
    }

    /// With visits, acts, ratings and categories besides.
    private static Arbitrary<PurchaseHistory> busyHistories() {
        var day = Arbitraries.integers().between(FIRST_DAY, FIRST_DAY + DAYS);
        var amount = Arbitraries.of(0L, 50_00L, 600_00L, 2_500_00L, 15_000_00L);
        var what = Arbitraries.integers().between(0, 3);
        return Combinators.combine(day, amount, Arbitraries.of(true, false), what)
                .as((on, worth, promotion, kind) -> new Object[] {on, worth, promotion, kind})
                .list()
                .ofMaxSize(30)
                .map(facts -> {
                    var days = Purchases.none();
                    for (var one : facts) {
                        var on = (int) one[0];
                        switch ((int) one[3]) {
                            case 0 -> days.did(on, 1, 0, null);
                            case 1 -> days.did(on, 0, 1, (boolean) one[2] ? 40 + on % 61 : null);
                            default ->
                                days.on(on, (long) one[1], (boolean) one[2]).bought(on, "category-" + on % 4);
                        }
                    }
                    return days.history();
                });
    }

    private static Arbitrary<List<Forecast>> forecasts() {
        var at = Arbitraries.longs()
                .between(0, Duration.ofDays(DAYS).toMillis())
                .map(millis -> Instant.ofEpochSecond(FIRST_DAY * 86_400L).plusMillis(millis));
        return Combinators.combine(
                        at,
                        Arbitraries.doubles().between(0.5, 200),
                        Arbitraries.strings().alpha().ofLength(3))
                .as((bought, days, code) -> Forecast.of(
                                code,
                                code,
                                List.of(new Purchase(1, bought, 2)),
                                Cycle.lasts(days),
                                ForecastRules.shipped())
                        .orElseThrow())
                .list()
                .ofMaxSize(3)
                .map(ArrayList::new);
    }

    private static Arbitrary<Model> models(Arbitrary<String> zones) {
        var cutPoints = Combinators.combine(
                        Arbitraries.doubles().between(0, 400),
                        Arbitraries.doubles().between(0, 6),
                        Arbitraries.doubles().between(0, 1_000_000))
                .as(CutPoints::new)
                .injectNull(0.1);
        var cycles = Arbitraries.doubles().between(1, 90).injectNull(0.2);
        var windows = Arbitraries.of(null, "P90D", "P6M", "P1Y");
        return Combinators.combine(zones, cutPoints, cycles, windows, lifecycles(), churnRules(), fits())
                .as((zone, cut, cycle, window, lifecycle, churn, fit) -> {
                    var shipped = new ModelDefinition(null, null, lifecycle, null, null, churn);
                    var definition = window == null ? shipped : shipped.within(Period.parse(window));
                    return new Model(
                                    1,
                                    definition,
                                    new Calibration(1, cut, new PurchaseCycle(cycle, cycle, 10, 10)),
                                    ZoneId.of(zone),
                                    2)
                            .knowing(fit);
                });
    }

    private static Arbitrary<LifecycleRules> lifecycles() {
        var periods = Arbitraries.of("P3M", "P1M", "P10D", "P200D").map(Period::parse);
        var times = Arbitraries.doubles().between(1.05, 4);
        return Combinators.combine(periods, Arbitraries.integers().between(1, 60), times, periods, times)
                .as((newFor, sleepAfter, lostAfter, wonBackFor, longLostAfter) -> new LifecycleRules(
                        newFor,
                        sleepAfter,
                        1,
                        lostAfter,
                        LifecycleRules.CycleBasis.customers,
                        null,
                        wonBackFor,
                        longLostAfter))
                .injectNull(0.3);
    }

    private static Arbitrary<ChurnRules> churnRules() {
        var shares = Arbitraries.doubles().between(0, 0.99);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 120),
                        Arbitraries.doubles().between(0, 2),
                        Arbitraries.integers().between(1, 3),
                        shares,
                        shares,
                        shares)
                .as(ChurnRules::new)
                .injectNull(0.3);
    }

    private static Arbitrary<BgNbd> fits() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.1, 3),
                        Arbitraries.doubles().between(0.5, 30),
                        Arbitraries.doubles().between(0.05, 3),
                        Arbitraries.doubles().between(0.1, 5))
                .as(BgNbd::new)
                .injectNull(0.2);
    }
}
