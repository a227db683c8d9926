package io.regulars.scoring.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;
import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.lifecycle.Stage;
import io.regulars.scoring.simulation.Simulation.Outcome;
import io.regulars.scoring.simulation.Simulation.Tally;

/// What a simulation found.
///
/// @param customers everyone whom the shop knew at the instant, those who never bought included
/// @param cutPoints as the shop was then
/// @param migration from the tiers that customers have at present
public record SimulationView(
        Instant asOf,
        Period window,
        long customers,
        CutPointsView cutPoints,
        CycleView cycle,
        List<Part> groups,
        List<Part> tiers,
        List<Part> stages,
        List<MoveView> migration) {

    /// @param monetary in units of the merchant's currency
    public record CutPointsView(BigDecimal recencyDays, BigDecimal frequency, BigDecimal monetary) {}

    /// @param pooledMedianDays of all intervals
    /// @param customersMedianDays of the customers' own medians
    public record CycleView(
            Double pooledMedianDays,
            Double customersMedianDays,
            long intervals,
            long repeatBuyers,
            int sleepAfterDays,
            int lostAfterDays) {}

    /// @param label in the merchant's language
    public record Part(String key, String label, Words labels, long customers, long orders, Money sales) {}

    public record MoveView(String from, String to, long customers) {}

    static SimulationView from(Instant asOf, Period window, Shop shop, Outcome outcome) {
        var model = outcome.model();
        var cycle = model.calibration().cycle();
        return new SimulationView(
                asOf,
                window,
                outcome.all().customers,
                cutPoints(model.groups().cutPoints(), shop),
                new CycleView(
                        cycle.pooledDays(),
                        cycle.customersDays(),
                        cycle.intervals(),
                        cycle.repeatBuyers(),
                        model.lifecycle().sleepAfterDays(),
                        model.lifecycle().lostAfterDays()),
                model.groups().keys().stream()
                        .map(key -> part(key, model.groups().label(key), outcome.groups(), shop))
                        .toList(),
                model.scale().ladder().stream()
                        .map(tier -> part(tier.key(), tier.labels(), outcome.tiers(), shop))
                        .toList(),
                Arrays.stream(Stage.values())
                        .map(stage -> part(stage.key(), stage.label(), outcome.stages(), shop))
                        .toList(),
                Simulation.sorted(outcome.migration()).entrySet().stream()
                        .map(move ->
                                new MoveView(move.getKey().from(), move.getKey().to(), move.getValue()))
                        .toList());
    }

    private static Part part(String key, Words labels, Map<String, Tally> tallies, Shop shop) {
        var tally = tallies.getOrDefault(key, new Tally());
        return new Part(
                key,
                labels.in(shop.locale()),
                labels,
                tally.customers,
                tally.orders,
                Money.ofMinor(tally.sales, shop.currency()));
    }

    private static CutPointsView cutPoints(CutPoints cutPoints, Shop shop) {
        return cutPoints == null
                ? null
                : new CutPointsView(
                        decimals(BigDecimal.valueOf(cutPoints.recencyDays())),
                        decimals(BigDecimal.valueOf(cutPoints.frequency())),
                        decimals(BigDecimal.valueOf(cutPoints.monetary()).movePointLeft(shop.fractionDigits())));
    }

    private static BigDecimal decimals(BigDecimal value) {
        return value.setScale(4, RoundingMode.HALF_UP);
    }
}
