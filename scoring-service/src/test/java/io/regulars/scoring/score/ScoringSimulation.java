package io.regulars.scoring.score;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.regulars.events.InteractionRecorded;
import io.regulars.events.OrderChanged;
import io.regulars.scoring.dimension.Dimension.Scored;
import io.regulars.scoring.dimension.Measure;
import io.regulars.scoring.dimension.Recency;
import io.regulars.scoring.group.Groups;
import io.regulars.scoring.history.OrdersInMemory;
import io.regulars.scoring.model.Scorecard;
import io.regulars.scoring.score.SimulatedScores.Mutation;
import io.regulars.scoring.tier.TierStanding;

import static org.assertj.core.api.Assertions.assertThat;

/// The life of a shop as one seed has it: orders and what else customers do come late, twice and out of order, time
/// passes, the zone and the model change, narrow ones and such with every dimension and threshold that can be, and
/// replicas whose clocks differ score in turns. Beside it the same calls are made by one
/// that never takes back what it said of a later instant: it must bring about the same steps.
final class ScoringSimulation {

    private static final int SKEW_MILLIS = 3_000;
    private static final Set<String> GO_ON_BY_THEMSELVES = Set.of(Recency.NAME, Measure.decayedFrequency.name());
    private static final Duration AHEAD_OF_ALL = Duration.ofMillis(SKEW_MILLIS + 1_000);

    private final Chance chance;
    private final SimulatedShop shop;
    private final SimulatedScores scores;
    private final SimulatedScores steady;
    private final Map<Long, Instant> steadyClock = new HashMap<>();
    private final Map<Long, Instant> touchedAt = new HashMap<>();
    private final List<OrderChanged> told = new ArrayList<>();
    private final List<OrderChanged> underWay = new ArrayList<>();
    private final List<InteractionRecorded> factsUnderWay = new ArrayList<>();
    private final int customers;
    private final long[] skews;
    private boolean recomputeWaits;
    private boolean rebuildWaits;
    private Instant now;

    ScoringSimulation(long seed, Mutation mutation) {
        chance = new Chance(seed);
        shop = new SimulatedShop(chance);
        var first = shop.shop();
        var model = shop.model(first);
        scores = new SimulatedScores(first, model, mutation);
        steady = new SimulatedScores(first, model, mutation);
        customers = 1 + chance.below(2);
        skews = new long[] {chance.between(-SKEW_MILLIS, SKEW_MILLIS), chance.between(-SKEW_MILLIS, SKEW_MILLIS)};
        now = Instant.ofEpochMilli(chance.between(
                Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(),
                Instant.parse("2037-01-01T00:00:00Z").toEpochMilli()));
        customers().forEach(customer -> touchedAt.put(customer, now));
    }

    void run() {
        for (var i = 0; i < 30; i++) {
            pass();
            act();
        }
        underWay.clear();
        factsUnderWay.clear();
        shop.newest().forEach(this::deliver);
        shop.facts().forEach(this::deliver);
        recompute();
        compare();
        assertThat(names(scores.steps)).isEqualTo(names(steady.steps));
        compareWithAnotherOrder();
    }

    private void act() {
        switch (chance.below(14)) {
            case 0, 1, 2, 3 -> order();
            case 4, 5, 6 -> deliver();
            case 10, 11 -> fact();
            case 7 -> rescore(customers(), Cause.recompute());
            case 8 -> change();
            case 9 -> recompute();
            default -> compare();
        }
    }

    /// The replicas review what falls due, each by its own clock; now and then all are away.
    private void pass() {
        var due = scores.nextDue();
        var until = now.plusMillis(
                switch (chance.below(4)) {
                    case 0 -> chance.between(0, 5_000);
                    case 1 -> chance.between(0, 86_400_000L);
                    default -> chance.between(0, 20 * 86_400_000L);
                });
        if (chance.once(0.4) && due.isBefore(now.plus(Duration.ofDays(60)))) {
            until = due.plusMillis(chance.between(-SKEW_MILLIS, SKEW_MILLIS));
        }
        until = until.isBefore(now) ? now : until;
        if (!chance.once(0.15)) {
            reviewUntil(until);
        }
        now = until;
    }

    private void reviewUntil(Instant until) {
        for (var next = scores.nextDue(); next.isBefore(Instant.MAX); next = scores.nextDue()) {
            var clock = next.plusMillis(chance.below(1_000));
            var at = clock.minusMillis(chance.once(0.7) ? Math.max(skews[0], skews[1]) : Math.min(skews[0], skews[1]));
            if (at.isAfter(until)) {
                return;
            }
            review(clock);
        }
    }

    private void review(Instant clock) {
        for (var customer : scores.due(clock)) {
            scores.review(customer, clock);
            rescoreSteadily(customer, clock, Cause.time(Set.of(customer)));
        }
    }

    private void rescore(Collection<Long> whom, Cause cause) {
        var clock = now.plusMillis(skews[chance.below(skews.length)]);
        scores.rescore(whom, clock, cause);
        whom.forEach(customer -> rescoreSteadily(customer, clock, cause));
    }

    /// Time goes back by no clock once something was said as of it.
    private void rescoreSteadily(long customer, Instant clock, Cause cause) {
        var before = steady.score(customer);
        var said = steadyClock.getOrDefault(customer, clock);
        var at = clock.isBefore(said) ? said : clock;
        steady.rescore(Set.of(customer), at, cause);
        if (!steady.score(customer).rowSame(before)) {
            steadyClock.put(customer, at);
        }
    }

    private void order() {
        var order = shop.order(now, customers);
        told.add(order);
        underWay.add(order);
        if (chance.once(0.6)) {
            deliver();
        }
    }

    private void deliver() {
        if (!factsUnderWay.isEmpty() && chance.once(0.4)) {
            deliverFact();
            return;
        }
        if (underWay.isEmpty()) {
            return;
        }
        var order = chance.of(underWay);
        if (chance.once(0.8)) {
            underWay.remove(order);
        }
        deliver(order);
    }

    private void fact() {
        factsUnderWay.add(shop.fact(now, customers));
        if (chance.once(0.6)) {
            deliverFact();
        }
    }

    private void deliverFact() {
        var fact = chance.of(factsUnderWay);
        if (chance.once(0.8)) {
            factsUnderWay.remove(fact);
        }
        deliver(fact);
    }

    private void deliver(InteractionRecorded fact) {
        steady.record(fact);
        var touched = scores.record(fact);
        touched.forEach(customer -> touchedAt.put(customer, now));
        rescore(touched, Cause.events(fact.backfill() ? Set.of() : touched));
    }

    private void deliver(OrderChanged order) {
        steady.apply(order);
        var touched = scores.apply(order);
        touched.forEach(customer -> touchedAt.put(customer, now));
        rescore(touched, Cause.events(order.backfill() ? Set.of() : touched));
    }

    /// Another zone or another model holds at once; those whom no event touches learn of it by the recompute.
    private void change() {
        if (chance.once(0.5)) {
            scores.shop = shop.moved(scores.shop);
            steady.shop = scores.shop;
            scores.model = SimulatedShop.in(scores.shop, scores.model);
            rebuildWaits = true;
        } else {
            scores.model = shop.model(scores.shop);
        }
        steady.model = scores.model;
        recomputeWaits = true;
    }

    private void recompute() {
        if (rebuildWaits) {
            scores.rebuild();
            steady.rebuild();
        }
        rescore(customers(), Cause.recompute());
        customers().forEach(customer -> touchedAt.put(customer, now));
        recomputeWaits = false;
        rebuildWaits = false;
    }

    /// What is stored, what jumping from review to review gives, and what scoring from scratch gives.
    private void compare() {
        if (recomputeWaits || !underWay.isEmpty() || !factsUnderWay.isEmpty()) {
            return;
        }
        now = now.plus(AHEAD_OF_ALL);
        review(now);
        for (var customer : customers()) {
            if (scores.score(customer).version() > 0) {
                var history = OrdersInMemory.fromScratch(shop.newest(), shop.facts(), scores.shop, customer);
                var scratch = scores.model.score(history, scores.forecasts(customer), now);
                assertThat(scores.told(customer))
                        .as("stored of %d at %s", customer, now)
                        .isEqualTo(SimulatedScores.told(scratch, scores.model));
                assertThat(lasting(jumped(customer)))
                        .as("jumped to for %d at %s", customer, now)
                        .isEqualTo(lasting(scratch));
            }
        }
    }

    private Scorecard jumped(long customer) {
        var history = scores.orders.history(customer);
        var forecasts = scores.forecasts(customer);
        var card = scores.model.score(history, forecasts, touchedAt.get(customer));
        while (card.nextReviewAt() != null && !card.nextReviewAt().isAfter(now)) {
            assertThat(card.nextReviewAt()).as("review after %s", card.at()).isAfter(card.at());
            card = scores.model.score(history, forecasts, card.nextReviewAt());
        }
        return card;
    }

    /// The whole scorecard, without the instant and the days that are counted from it, and without what would
    /// judge the group where there is none: no review waits for that.
    private static Scorecard lasting(Scorecard card) {
        var tier = card.tier();
        var points = tier.points();
        return new Scorecard(
                Instant.EPOCH,
                0,
                new TierStanding(
                        tier.rank(),
                        tier.since(),
                        tier.earned(),
                        tier.fallsOn(),
                        tier.changesOn(),
                        new TierStanding.Points(
                                points.of().stream()
                                        .map(one -> GO_ON_BY_THEMSELVES.contains(one.name())
                                                ? new Scored(one.name(), 0, one.points(), one.weight())
                                                : one)
                                        .toList(),
                                points.total())),
                card.group() == null
                        ? null
                        : new Groups.Rfm(0, card.rfm().frequency(), card.rfm().monetary()),
                card.group(),
                card.stage(),
                card.lastOrderDay(),
                card.openWindows(),
                card.pin(),
                card.classes(),
                card.loss(),
                card.churn(),
                card.nextReviewAt());
    }

    /// The same events in another order end in the same state.
    private void compareWithAnotherOrder() {
        var other = new SimulatedScores(scores.shop, scores.model, Mutation.NONE);
        var events = new ArrayList<>(told);
        events.addAll(told.subList(0, told.size() / 2));
        var facts = new ArrayList<>(shop.facts());
        facts.addAll(facts.subList(0, facts.size() / 2));
        while (!facts.isEmpty()) {
            var fact = facts.remove(chance.below(facts.size()));
            other.rescore(other.record(fact), now, Cause.recompute());
        }
        while (!events.isEmpty()) {
            var event = events.remove(chance.below(events.size()));
            var touched = other.apply(event);
            other.rescore(touched, now, Cause.events(touched));
        }
        customers().stream()
                .filter(one -> other.score(one).version() > 0)
                .forEach(customer -> assertThat(other.told(customer))
                        .as("in another order, of %d", customer)
                        .isEqualTo(scores.told(customer)));
    }

    private Set<Long> customers() {
        var all = new TreeSet<Long>();
        for (var customer = 1L; customer <= customers; customer++) {
            all.add(customer);
        }
        return all;
    }

    private static List<String> names(List<Step> steps) {
        return steps.stream()
                .map(step -> "%d %s %d %s<%s"
                        .formatted(step.customerId(), step.dimension(), step.seq(), step.key(), step.previous()))
                .sorted()
                .toList();
    }
}
