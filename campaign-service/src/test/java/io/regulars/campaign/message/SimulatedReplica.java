package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import io.regulars.campaign.guardrail.Purse;
import io.regulars.events.Channel;

/// The senders of one replica: every step is one transaction or one transmission, and between any two of them
/// the replica may be interrupted or killed.
final class SimulatedReplica {

    private record Batch(List<Claimed> claimed, String claim, Instant claimedAt) {}

    private record OnTheWire(Claimed message, String claim, Instant claimedAt) {}

    private record Undecided(Round round, Purse purse, Instant now) {}

    private final SimulatedWorld world;
    private final Clock clock;
    private final Retries retries;
    private final List<Batch> claimed = new ArrayList<>();
    private final List<OnTheWire> wires = new ArrayList<>();
    private final List<Transition> results = new ArrayList<>();
    private final List<Undecided> undecided = new ArrayList<>();
    private int claims;
    private final int no;
    Instant sleepsUntil = Instant.MIN;

    SimulatedReplica(int no, SimulatedWorld world, Duration skew) {
        this.no = no;
        this.world = world;
        clock = world.chance.clock(skew);
        retries = new Retries(clock, SimulatedConfig.CONFIG);
    }

    Instant now() {
        return clock.instant();
    }

    void step(Channel channel) {
        switch (world.chance.below(6)) {
            case 0 -> journeys();
            case 1 -> claim(channel);
            case 2 -> mark();
            case 3 -> transmit();
            case 4 -> write();
            default -> recover();
        }
    }

    /// All that there is to do now.
    void work() {
        journeys();
        for (var channel : Channel.values()) {
            claim(channel);
            while (!undecided.isEmpty()) {
                decide();
            }
            while (!claimed.isEmpty()) {
                mark();
            }
            while (!wires.isEmpty()) {
                transmit();
            }
            write();
        }
        recover();
    }

    /// Whatever it had in hand is gone, save what had left already.
    void kill() {
        wires.stream()
                .filter(_ -> world.chance.once(0.5))
                .forEach(wire -> world.provider.take(wire.message(), wire.claimedAt()));
        claimed.clear();
        wires.clear();
        results.clear();
        undecided.forEach(one -> unlock(one.round()));
        undecided.clear();
    }

    private void journeys() {
        var answers = world.journeyAnswers();
        world.messages.plan(world.journeys.advance(answers, now()), answers, now());
    }

    private void claim(Channel channel) {
        if (!undecided.isEmpty()) {
            decide();
            return;
        }
        var now = now();
        var due = world.messages.due(channel, 1 + world.chance.below(3), now);
        if (due.isEmpty()) {
            return;
        }
        if (world.shop.stopped && world.mutation != Mutation.STOP_IGNORED) {
            world.messages.park(due);
            return;
        }
        var answers = world.answers();
        var counted =
                world.messages.counted(answers.settings(SimulatedShop.MERCHANT).reach(), now);
        var purse = world.mutation == Mutation.BUDGET_IGNORED ? Purse.bottomless() : world.shop.budgets.lock(now);
        var limits = new Round.Limits(counted, order(due, now), purse);
        var claim = no + "-" + claims++;
        undecided.add(new Undecided(Round.of(due, channel, claim, answers, limits, now), purse, now));
        if (world.mutation == Mutation.CUSTOMERS_NOT_LOCKED) {
            due.forEach(message -> world.messages.rows.get(message.key()).locked = true);
        } else {
            decide();
        }
    }

    private Order order(List<Claimed> due, Instant now) {
        var preferred = world.shop.preferred();
        return world.mutation == Mutation.PRIORITY_IGNORED
                ? Order.NONE
                : new Order(preferred, world.messages.waiting(due, preferred.keySet(), now));
    }

    /// The end of the transaction that claims.
    private void decide() {
        var decided = undecided.removeFirst();
        var round = decided.round();
        unlock(round);
        world.oracle.decided(round.changes());
        world.shop.budgets.keep(decided.purse());
        world.messages.apply(round.changes(), decided.now(), world.chance.now);
        world.messages.park(round.paused());
        if (round.going().isEmpty()) {
            return;
        }
        world.oracle.claimed(round.going(), decided.now());
        var claim = round.changes().stream()
                .filter(change -> change.to() == MessageState.CLAIMED)
                .findFirst()
                .orElseThrow()
                .claim();
        if (round.going().getFirst().channel() == Channel.INBOX) {
            round.going().forEach(message -> layIn(message, claim, decided.now()));
        } else {
            claimed.add(new Batch(round.going(), claim, world.chance.now));
        }
    }

    private void unlock(Round round) {
        round.changes().forEach(change -> world.messages.rows.get(change.message()).locked = false);
        round.paused().forEach(paused -> world.messages.rows.get(paused.key()).locked = false);
    }

    /// In the transaction that claims.
    private void layIn(Claimed message, String claim, Instant now) {
        world.provider.receipts.add(new SimulatedProvider.Receipt(message.key(), message.channel(), world.chance.now));
        world.messages.apply(List.of(Transition.sent(message.key(), claim, null)), now, world.chance.now);
    }

    private void mark() {
        if (claimed.isEmpty()) {
            return;
        }
        var batch = claimed.remove(world.chance.below(claimed.size()));
        var marks = batch.claimed().stream()
                .map(message -> Transition.transmitting(message.key(), batch.claim()))
                .toList();
        var applied = world.mutation == Mutation.NOT_MARKED_BEFORE_THE_WIRE
                ? new HashSet<>(batch.claimed().stream().map(Claimed::key).toList())
                : world.messages.apply(marks, now(), world.chance.now);
        for (var message : batch.claimed()) {
            if (applied.contains(message.key())) {
                world.oracle.marked(message.key());
                wires.add(new OnTheWire(message, batch.claim(), batch.claimedAt()));
            } else {
                var back = Transition.back(message.key(), batch.claim(), message.plannedAt());
                world.messages.apply(List.of(back), now(), world.chance.now);
            }
        }
    }

    private void transmit() {
        if (wires.isEmpty()) {
            return;
        }
        var wire = wires.remove(world.chance.below(wires.size()));
        var outcome = world.provider.take(wire.message(), wire.claimedAt());
        world.oracle.answered(outcome);
        results.add(retries.after(wire.message(), wire.claim(), outcome));
    }

    private void write() {
        world.messages.apply(results, now(), world.chance.now);
        results.clear();
    }

    private void recover() {
        var abandoned = world.messages.abandoned(world.chance.now);
        abandoned.forEach(one -> world.oracle.abandoned(one.key()));
        world.messages.apply(
                abandoned.stream()
                        .map(one -> Recovery.next(one, repeatable(one.channel()), now()))
                        .toList(),
                now(),
                world.chance.now);
    }

    private boolean repeatable(Channel channel) {
        return world.mutation == Mutation.MAIL_REPEATED || world.provider.repeatable(channel);
    }
}
