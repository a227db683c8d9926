package io.regulars.campaign.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.campaign.channel.Outcome;
import io.regulars.events.Channel;
import io.regulars.kit.fault.KillPoint;
import org.jboss.logging.Logger;

/// Sends the due messages of one channel in two steps, each on a thread of its own. The first claims messages and fills
/// their templates, some ahead of the connections; nothing is lost with those. The second marks as many as there are
/// free connections as transmitting, in one transaction, and lets each go on the wire. So only what is on the wire, or
/// has a result that is not written yet, is uncertain after a crash.
final class Sender {

    private static final Logger LOG = Logger.getLogger(Sender.class);
    private static final int FOR_THE_LAST_SECONDS = 8;
    private static final int LOOK_EVERY_MILLIS = 200;
    private static final int GATHER_MILLIS = 2;

    /// What the sender of a channel works with.
    record Hands(DueMessages due, Transitions transitions, Contents contents, Results results, Retries retries) {}

    /// How much it does at once.
    ///
    /// @param connections messages on the wire at once; as many again may have results that are not written yet
    /// @param ahead messages that are claimed and filled, and wait for a connection
    /// @param patience how long one of those waits before it is decided anew
    record Bounds(int connections, int ahead, Duration patience) {}

    private record Ready(Claimed message, Content content, String claim, Results.Hold hold, long sinceNanos) {
        Transition back() {
            return Transition.back(message.key(), claim, message.plannedAt());
        }
    }

    private final Channel channel;
    private final Bounds bounds;
    private final Function<Content, Outcome> wire;
    private final Hands hands;
    private final Runnable resultWaits;
    private final IntSupplier wanted;
    private final BlockingQueue<Ready> ready = new LinkedBlockingQueue<>();
    private final Semaphore ahead;
    private final Semaphore wires;
    private final Semaphore results;

    /// @param wire puts one message on the wire
    /// @param resultWaits tells that there is a result to write
    Sender(Channel channel, Bounds bounds, Function<Content, Outcome> wire, Hands hands, Runnable resultWaits) {
        this(channel, bounds, wire, hands, resultWaits, () -> Integer.MAX_VALUE);
    }

    /// @param wanted how many messages the wire would take now; what it would not is not claimed
    Sender(
            Channel channel,
            Bounds bounds,
            Function<Content, Outcome> wire,
            Hands hands,
            Runnable resultWaits,
            IntSupplier wanted) {
        this.channel = channel;
        this.bounds = bounds;
        this.wire = wire;
        this.hands = hands;
        this.resultWaits = resultWaits;
        this.wanted = wanted;
        this.ahead = new Semaphore(bounds.ahead());
        this.wires = new Semaphore(bounds.connections());
        this.results = new Semaphore(2 * bounds.connections());
    }

    /// Claims what is due.
    ///
    /// @return whether there may be more at once
    boolean claim() {
        int places = room(ahead, Math.min(bounds.connections(), bounds.ahead()), LOOK_EVERY_MILLIS);
        int room = Math.min(places, wanted.getAsInt());
        ahead.release(places - room);
        if (room == 0) {
            return places == 0;
        }
        int used = 0;
        try {
            String claim = UUID.randomUUID().toString();
            DueMessages.Batch batch =
                    QuarkusTransaction.requiringNew().call(() -> hands.due().claim(channel, room, claim));
            if (batch.claimed().isEmpty()) {
                return batch.looked() == room;
            }
            KillPoint.MESSAGE_AFTER_CLAIM.reach();
            var hold = new Results.Hold(claim, batch.claimed().size());
            Contents.Filled filled = hands.contents().fill(batch);
            filled.skipped().forEach((message, skipped) -> result(message, skipped, hold, () -> {}));
            used = filled.contents().size();
            filled.contents()
                    .forEach((message, content) ->
                            ready.add(new Ready(message, content, claim, hold, System.nanoTime())));
            return batch.looked() == room;
        } finally {
            ahead.release(room - used);
        }
    }

    /// Lets claimed messages go.
    ///
    /// @return whether there may be more at once
    boolean transmit() {
        List<Ready> going = take();
        if (going.isEmpty()) {
            return true;
        }
        List<Ready> fresh = going.stream().filter(this::fresh).toList();
        Set<MessageKey> marked = Set.of();
        try {
            marked = fresh.isEmpty()
                    ? marked
                    : QuarkusTransaction.requiringNew()
                            .call(() -> hands.transitions()
                                    .apply(fresh.stream()
                                            .map(one -> Transition.transmitting(
                                                    one.message().key(), one.claim()))
                                            .toList()));
            KillPoint.MESSAGE_AFTER_TRANSMITTING.reach();
        } finally {
            for (Ready one : going) {
                if (marked.contains(one.message().key())) {
                    start(one);
                } else {
                    // paused, or taken by another, or not known to be marked: it is on no wire
                    wires.release();
                    result(one.message(), one.back(), one.hold(), results::release);
                }
            }
        }
        return true;
    }

    /// As many as there are connections for them.
    private List<Ready> take() {
        int some = room(wires, Math.ceilDiv(bounds.connections(), 4), GATHER_MILLIS);
        int free = some > 0 ? some : room(wires, 1, LOOK_EVERY_MILLIS);
        List<Ready> taken = new ArrayList<>(free);
        if (free > 0) {
            awaitReady().ifPresent(taken::add);
            ready.drainTo(taken, free - taken.size());
        }
        wires.release(free - taken.size());
        ahead.release(taken.size());
        results.acquireUninterruptibly(taken.size());
        return taken;
    }

    private Optional<Ready> awaitReady() {
        try {
            return Optional.ofNullable(ready.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private boolean fresh(Ready one) {
        return System.nanoTime() - one.sinceNanos() < bounds.patience().toNanos();
    }

    private void start(Ready one) {
        Thread.ofVirtual().name(channel + "-" + one.message().key().id()).start(() -> {
            // mail libraries find their parts by it, and a virtual thread has the system's
            Thread.currentThread().setContextClassLoader(Sender.class.getClassLoader());
            Outcome outcome = send(one);
            wires.release();
            result(
                    one.message(),
                    hands.retries().after(one.message(), one.claim(), outcome),
                    one.hold(),
                    results::release);
        });
    }

    private Outcome send(Ready one) {
        try {
            return wire.apply(one.content());
        } catch (RuntimeException | Error e) {
            // whatever it is, the connection is free again and the message has a result
            LOG.errorf(e, "message %d broke its sender", one.message().key().id());
            return new Outcome.Unknown("the sender broke: " + e.getClass().getSimpleName());
        }
    }

    private void result(Claimed message, Transition transition, Results.Hold hold, Runnable written) {
        hands.results().add(new Results.Result(message, transition, hold, written));
        resultWaits.run();
    }

    /// Gives back what is on no wire, and waits until the results of all that is are written, or it takes too long.
    void awaitIdle() {
        List<Ready> left =
                Stream.generate(ready::poll).takeWhile(Objects::nonNull).toList();
        if (!left.isEmpty()) {
            QuarkusTransaction.requiringNew()
                    .call(() -> hands.transitions()
                            .apply(left.stream().map(Ready::back).toList()));
        }
        try {
            if (!results.tryAcquire(2 * bounds.connections(), FOR_THE_LAST_SECONDS, TimeUnit.SECONDS)) {
                LOG.warnf("%s messages are left on the wire and will be uncertain", channel);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes all places, waiting a little for so many that it is worth it.
    private static int room(Semaphore places, int worth, int patienceMillis) {
        try {
            boolean many = places.tryAcquire(worth, patienceMillis, TimeUnit.MILLISECONDS);
            return (many ? worth : 0) + places.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
