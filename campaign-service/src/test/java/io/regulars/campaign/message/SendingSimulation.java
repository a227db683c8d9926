package io.regulars.campaign.message;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.trigger.TriggersInMemory;
import io.regulars.events.Channel;
import io.regulars.events.ScoreChanged;

/// The life of a shop's campaigns as one seed has it: scores come late and twice, customers say yes and no,
/// campaigns are paused, and two or three replicas, whose clocks differ, send in turns, fall asleep and are
/// killed.
final class SendingSimulation {

    private static final List<ZoneId> ZONES = java.util.stream.Stream.of(
                    "Asia/Shanghai",
                    "Europe/Berlin",
                    "America/Sao_Paulo",
                    "America/St_Johns",
                    "Africa/Casablanca",
                    "Africa/Cairo",
                    "Australia/Lord_Howe",
                    "Antarctica/Troll",
                    "Pacific/Chatham")
            .map(ZoneId::of)
            .toList();

    private final Chance chance;
    private final SimulatedWorld world;
    private final List<SimulatedReplica> replicas;
    private final List<ScoreChanged> underWay = new ArrayList<>();
    private final Map<Long, Long> versions = new TreeMap<>();

    SendingSimulation(long seed, Mutation mutation) {
        chance = new Chance(seed);
        chance.now = start();
        world = new SimulatedWorld(chance, mutation, ZONES);
        var skew = SendingOracle.SKEW.toMillis();
        replicas = IntStream.range(0, 2 + chance.below(2))
                .mapToObj(no -> new SimulatedReplica(no, world, Duration.ofMillis(chance.between(-skew, skew))))
                .toList();
    }

    /// Half of all lives begin within two days of a change of clocks.
    private Instant start() {
        var at = Instant.ofEpochMilli(chance.between(
                Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(),
                Instant.parse("2036-12-01T00:00:00Z").toEpochMilli()));
        var change = chance.of(ZONES).getRules().nextTransition(at);
        return change == null || chance.once(0.5)
                ? at
                : change.getInstant()
                        .minusMillis(chance.between(0, Duration.ofDays(2).toMillis()));
    }

    void run() {
        for (var i = 0; i < 150; i++) {
            switch (chance.below(10)) {
                case 0, 1 -> pass();
                case 2, 3 -> happen();
                default -> work();
            }
        }
        heal();
        settle();
        world.oracle.end();
    }

    private void pass() {
        var due = nextDue();
        if (chance.once(0.5) && due.isAfter(chance.now) && due.isBefore(Instant.MAX)) {
            chance.now = due;
        } else {
            chance.now = chance.now.plusMillis(chance.of(List.of(500L, 60_000L, 200_000L, 7_200_000L, 50_000_000L)));
        }
    }

    private Instant nextDue() {
        var messages = world.messages.nextDue();
        var journeys = world.journeys.nextDue();
        return messages.isBefore(journeys) ? messages : journeys;
    }

    private void work() {
        var replica = chance.of(replicas);
        if (!replica.sleepsUntil.isAfter(chance.now)) {
            replica.step(chance.of(List.of(Channel.values())));
        }
    }

    private void happen() {
        switch (chance.below(8)) {
            case 0, 1 -> underWay.add(world.shop.moves(anyone(), chance.now));
            case 2, 3, 4 -> tell();
            case 5 -> world.shop.speaks(anyone());
            case 6 -> turnSomething();
            default -> harm();
        }
    }

    private long anyone() {
        return 1 + chance.below(world.shop.customers.size());
    }

    /// A score reaches us, perhaps not for the last time.
    private void tell() {
        if (!underWay.isEmpty()) {
            var score = chance.of(underWay);
            if (chance.once(0.7)) {
                underWay.remove(score);
            }
            tell(score);
        }
    }

    private void tell(ScoreChanged score) {
        world.oracle.told(score);
        var newer = versions.getOrDefault(score.customerId(), 1L) < score.version();
        if (!newer && world.mutation != Mutation.SCORE_VERSIONS_IGNORED) {
            return;
        }
        versions.put(score.customerId(), score.version());
        var moved = world.shop.take(score);
        world.shop.plans.values().stream()
                .filter(Plan::active)
                .forEach(plan -> TriggersInMemory.causes(plan, moved)
                        .forEach(cause -> enrol(plan, score.customerId(), cause.occurrence())));
    }

    private void enrol(Plan plan, long customer, String occurrence) {
        var key = new CustomerKey(SimulatedShop.MERCHANT, customer);
        world.journeys.enrol(plan, key, occurrence, chance.now);
    }

    private void turnSomething() {
        if (chance.once(0.8)) {
            turn();
        } else {
            killSwitch(!world.shop.stopped);
        }
    }

    private void killSwitch(boolean on) {
        world.shop.stopped = on;
        if (!on) {
            world.messages.unparkAll();
        }
    }

    private void turn() {
        var campaign = 1L + chance.below(world.shop.plans.size());
        var state = world.shop.plans.get(campaign).state();
        switch (state) {
            case "active" -> {
                if (chance.once(0.5)) {
                    fanOut(world.shop.plans.get(campaign));
                } else {
                    turn(campaign, chance.once(0.8) ? "paused" : "finished");
                }
            }
            case "paused" -> turn(campaign, chance.once(0.8) ? "active" : "finished");
            default -> {}
        }
    }

    private void turn(long campaign, String state) {
        world.shop.turn(campaign, state);
        if (!state.equals("paused")) {
            world.journeys.unpark(campaign);
            world.messages.unpark(campaign);
        }
    }

    /// Those who are there already.
    private void fanOut(Plan plan) {
        world.shop
                .customers
                .values()
                .forEach(customer -> plan.definition()
                        .trigger()
                        .causes(customer.standing(), Map.of())
                        .forEach(cause -> enrol(plan, customer.id(), cause.occurrence())));
    }

    private void harm() {
        var replica = chance.of(replicas);
        if (chance.once(0.5)) {
            replica.kill();
        } else {
            replica.sleepsUntil = chance.now.plusSeconds(chance.between(1, 1_000));
        }
    }

    private void heal() {
        underWay.clear();
        killSwitch(false);
        world.shop.scores.values().forEach(this::tell);
        world.shop.plans.forEach((campaign, plan) -> turn(campaign, plan.paused() ? "active" : plan.state()));
    }

    /// Runs on until nothing is left to do.
    private void settle() {
        for (var i = 0; i < 5_000; i++) {
            replicas.forEach(SimulatedReplica::work);
            var next = nextDue();
            if (next.equals(Instant.MAX)) {
                return;
            }
            chance.now = (next.isAfter(chance.now) ? next : chance.now).plus(SendingOracle.SKEW);
        }
        throw new AssertionError("does not come to rest: " + world.messages.rows.values());
    }
}
