package io.regulars.scoring.score;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.scoring.forecast.Cycle;
import io.regulars.scoring.forecast.Forecast;
import io.regulars.scoring.forecast.Forecast.Purchase;
import io.regulars.scoring.history.OrdersInMemory;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.model.Model;
import io.regulars.scoring.model.Scorecard;
import io.regulars.scoring.score.Step.Dimension;

import static org.assertj.core.api.Assertions.assertThat;

/// Scoring as the service does it, with the rows in memory.
final class SimulatedScores {

    /// How one part is broken, to see that the simulator notices.
    enum Mutation {
        NONE,
        VERSIONS_IGNORED,
        FACTS_COUNTED_TWICE,
        CATEGORIES_NOT_TAKEN_BACK,
        HISTORIES_NOT_REBUILT,
        REVIEWED_A_DAY_LATE,
        REVIEW_FORGOTTEN,
        TIME_GOES_BACK
    }

    private static final StoredScore UNSCORED =
            new StoredScore(0, 0, 0, null, null, 0, null, null, null, null, null, 0, 0, 0, null, null, 0, null);

    final OrdersInMemory orders;
    final List<Step> steps = new ArrayList<>();
    Shop shop;
    Model model;
    private final Map<Long, StoredScore> scores = new TreeMap<>();
    private final Map<Long, Instant> scoredAt = new HashMap<>();
    private final Map<Long, Map<Dimension, Step>> last = new HashMap<>();
    private final Mutation mutation;

    SimulatedScores(Shop shop, Model model, Mutation mutation) {
        this.shop = shop;
        this.model = model;
        this.mutation = mutation;
        orders = new OrdersInMemory(faults(mutation));
    }

    private static Set<OrdersInMemory.Fault> faults(Mutation mutation) {
        return switch (mutation) {
            case VERSIONS_IGNORED -> Set.of(OrdersInMemory.Fault.VERSIONS_IGNORED);
            case FACTS_COUNTED_TWICE -> Set.of(OrdersInMemory.Fault.FACTS_COUNTED_TWICE);
            case CATEGORIES_NOT_TAKEN_BACK -> Set.of(OrdersInMemory.Fault.CATEGORIES_NOT_TAKEN_BACK);
            default -> Set.of();
        };
    }

    StoredScore score(long customer) {
        return scores.getOrDefault(customer, UNSCORED);
    }

    /// @return whose facts changed
    Set<Long> apply(OrderChanged order) {
        return orders.apply(order, shop);
    }

    /// @return whose facts changed
    Set<Long> record(InteractionRecorded fact) {
        return orders.record(fact, shop);
    }

    void rebuild() {
        if (mutation != Mutation.HISTORIES_NOT_REBUILT) {
            orders.rebuild(shop);
        }
    }

    List<Long> due(Instant now) {
        return scores.entrySet().stream()
                .filter(one -> one.getValue().dueAt() != null
                        && !one.getValue().dueAt().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    Instant nextDue() {
        return scores.values().stream()
                .map(StoredScore::dueAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    void review(long customer, Instant now) {
        var before = score(customer);
        rescore(customer, now, Cause.time(Set.of(customer)));
        var after = score(customer);
        if (after.dueAt() != null) {
            assertThat(after.dueAt()).as("the review after that of %s", now).isAfter(now);
        }
        assertThat(after).as("what a review leaves").isNotEqualTo(before);
    }

    void rescore(Collection<Long> customers, Instant now, Cause cause) {
        customers.forEach(customer -> rescore(customer, now, cause));
    }

    private void rescore(long customer, Instant now, Cause cause) {
        var before = score(customer);
        var row = new ScoreRows.Held(orders.history(customer), null, false, false, scoredAt(customer), null, before);
        var one = Candidate.of(row, forecasts(customer), model, now, cause);
        if (one.after().equals(before)) {
            return;
        }
        if (one.published()) {
            var held = last.computeIfAbsent(customer, any -> new EnumMap<>(Dimension.class));
            Steps.of(shop, model, one, held).forEach(step -> take(step, one.at()));
            arrived(customer, held, one.after());
        }
        scores.put(customer, mutated(one.after()));
        if (!one.after().rowSame(before)) {
            scoredAt.put(customer, one.at());
        }
    }

    private Instant scoredAt(long customer) {
        return mutation == Mutation.TIME_GOES_BACK ? null : scoredAt.get(customer);
    }

    private void take(Step step, Instant at) {
        var before = last.get(step.customerId()).put(step.dimension(), step);
        steps.add(step);
        assertThat(step.seq()).as("the number of %s", step).isEqualTo(before == null ? 1 : before.seq() + 1);
        assertThat(step.previous()).as("what %s follows", step).isEqualTo(before == null ? null : before.key());
        assertThat(step.since()).as("when %s took effect", step).isBeforeOrEqualTo(at);
        if (before != null) {
            assertThat(step.since()).as("when %s took effect", step).isAfterOrEqualTo(before.since());
        }
    }

    /// The steps lead to where the customer is.
    private static void arrived(long customer, Map<Dimension, Step> last, StoredScore now) {
        assertThat(last.get(Dimension.tier).key())
                .as("the last tier told of %d", customer)
                .isEqualTo(now.tier());
        assertThat(last.get(Dimension.stage).key())
                .as("the last stage told of %d", customer)
                .isEqualTo(now.stage());
        if (now.churn() != null) {
            assertThat(last.get(Dimension.churn).seq())
                    .as("the last warning told of %d", customer)
                    .isEqualTo(now.churnSeq());
        }
        if (now.group() != null) {
            assertThat(last.get(Dimension.group).key())
                    .as("the last group told of %d", customer)
                    .isEqualTo(now.group());
        }
    }

    private StoredScore mutated(StoredScore score) {
        if (mutation == Mutation.REVIEWED_A_DAY_LATE && score.dueAt() != null) {
            return due(score, score.dueAt().plus(Duration.ofDays(1)));
        }
        return mutation == Mutation.REVIEW_FORGOTTEN && score.stage().equals("sleeping") ? due(score, null) : score;
    }

    private static StoredScore due(StoredScore score, Instant at) {
        return new StoredScore(
                score.version(),
                score.frequency(),
                score.monetary(),
                score.lastOrderDay(),
                score.tier(),
                score.tierRank(),
                score.fallsAt(),
                score.group(),
                score.stage(),
                score.openWindows(),
                score.classes(),
                score.tierSeq(),
                score.groupSeq(),
                score.stageSeq(),
                score.churn(),
                score.churnSince(),
                score.churnSeq(),
                at);
    }

    /// All that is stored, save how it was numbered.
    List<Object> told(long customer) {
        return told(score(customer));
    }

    static List<Object> told(Scorecard card, Model model) {
        return told(UNSCORED.next(card, model));
    }

    private static List<Object> told(StoredScore score) {
        return Arrays.asList(
                score.frequency(),
                score.monetary(),
                score.lastOrderDay(),
                score.tier(),
                score.tierRank(),
                score.fallsAt(),
                score.group(),
                score.stage(),
                score.openWindows(),
                score.classes(),
                score.churn(),
                score.churnSince(),
                score.dueAt());
    }

    /// A unit of milk lasts 20 days, one of wipes 3; postage is no product.
    List<Forecast> forecasts(long customer) {
        var bought = new LinkedHashMap<String, List<Purchase>>();
        orders.counted(customer).forEach(order -> {
            var units = new TreeMap<String, Long>();
            order.lines().stream()
                    .filter(line ->
                            line.keptQuantity() > 0 && !shop.nonProductCodes().contains(line.productCode()))
                    .forEach(line -> units.merge(line.productCode(), line.keptQuantity(), Long::sum));
            units.forEach((code, quantity) -> bought.computeIfAbsent(code, any -> new ArrayList<>())
                    .add(new Purchase(order.orderId(), order.orderedAt(), quantity)));
        });
        return bought.entrySet().stream()
                .flatMap(one -> forecast(one.getKey(), one.getValue()).stream())
                .toList();
    }

    private java.util.Optional<Forecast> forecast(String code, List<Purchase> purchases) {
        var cycle = Cycle.lasts(code.equals("milk") ? 20 : 3);
        return Forecast.of(code, code, purchases, cycle, model.definition().forecast());
    }
}
