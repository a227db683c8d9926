package io.regulars.scoring.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.history.Histories;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.model.Learning;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.ModelDefinition;
import io.regulars.scoring.model.Scorecard;

/// Looks at the shop twice as its rows pass by: first to learn cut-points and cycle as of the instant, then to
/// score everybody by them. It needs the same memory for a thousand customers as for a million.
@ApplicationScoped
class Simulation {

    private final Learning learning;
    private final Histories histories;

    Simulation(Learning learning, Histories histories) {
        this.learning = learning;
        this.histories = histories;
    }

    /// Customers of one kind, with their orders and what they kept of them.
    static final class Tally {
        long customers;
        long orders;
        long sales;

        private void add(long moreOrders, long moreSales) {
            customers++;
            orders += moreOrders;
            sales += moreSales;
        }
    }

    /// From the tier that a customer has at present to the one in the simulation.
    record Move(String from, String to) {}

    /// @param all everyone whom the shop knew by then
    /// @param groups by key, of those who had ever bought
    record Outcome(
            Model model,
            Tally all,
            Map<String, Tally> groups,
            Map<String, Tally> tiers,
            Map<String, Tally> stages,
            Map<Move, Long> migration) {}

    Outcome run(Shop shop, int version, ModelDefinition definition, Instant at) {
        return run(shop, version, definition, at, (present, tier) -> {});
    }

    /// @param watcher is told each customer's tier in the simulation, null where the shop did not know them by
    ///     then
    Outcome run(
            Shop shop,
            int version,
            ModelDefinition definition,
            Instant at,
            BiConsumer<Histories.Present, String> watcher) {
        var model = learning.learn(shop, version, definition, shop.calibrationNo(), at)
                .model();
        var outcome =
                new Outcome(model, new Tally(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        var day = model.day(at);
        histories.all(shop.merchantId(), present -> {
            var known = present.knownOn(day, at);
            watcher.accept(
                    present,
                    known ? add(outcome, present, model.score(present.history(), List.of(), present.pin(), at)) : null);
        });
        return outcome;
    }

    /// @return the tier
    private static String add(Outcome outcome, Histories.Present present, Scorecard card) {
        var rfm = card.rfm();
        var orders = rfm == null ? 0 : rfm.frequency();
        var sales = rfm == null ? 0 : rfm.monetary();
        var tier = outcome.model().scale().ladder().get(card.tier().rank()).key();
        outcome.all().add(orders, sales);
        tally(outcome.tiers(), tier).add(orders, sales);
        tally(outcome.stages(), card.stage().key()).add(orders, sales);
        if (card.group() != null) {
            tally(outcome.groups(), card.group()).add(orders, sales);
        }
        if (present.tier() != null) {
            outcome.migration().merge(new Move(present.tier(), tier), 1L, Long::sum);
        }
        return tier;
    }

    private static Tally tally(Map<String, Tally> tallies, String key) {
        return tallies.computeIfAbsent(key, any -> new Tally());
    }

    /// In a stable order, for people who compare two answers.
    static Map<Move, Long> sorted(Map<Move, Long> migration) {
        var sorted = new TreeMap<Move, Long>(
                java.util.Comparator.comparing(Move::from).thenComparing(Move::to));
        sorted.putAll(migration);
        return sorted;
    }
}
