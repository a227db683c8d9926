package io.regulars.campaign.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.campaign.channel.Outcome;
import io.regulars.events.Channel;
import io.regulars.kit.fault.KillPoint;
import org.jboss.logging.Logger;

/// Sends the due messages of one channel, so many at once: claims, marks as transmitting, and only then lets each go
/// on the wire on a thread of its own.
final class Sender {

    private static final Logger LOG = Logger.getLogger(Sender.class);
    private static final int FOR_THE_LAST_SECONDS = 8;

    /// What the sender of a channel works with.
    record Hands(DueMessages due, Transitions transitions, Contents contents, Results results, Retries retries) {}

    private final Channel channel;
    private final int concurrency;
    private final Semaphore free;
    private final Function<Content, Outcome> wire;
    private final Hands hands;
    private final Runnable resultWaits;

    /// @param wire puts one message on the wire
    /// @param resultWaits tells that there is a result to write
    Sender(Channel channel, int concurrency, Function<Content, Outcome> wire, Hands hands, Runnable resultWaits) {
        this.channel = channel;
        this.concurrency = concurrency;
        this.free = new Semaphore(concurrency);
        this.wire = wire;
        this.hands = hands;
        this.resultWaits = resultWaits;
    }

    /// @return whether there may be more to send at once
    boolean once() {
        int places = places();
        if (places == 0) {
            return true;
        }
        int used = 0;
        try {
            String claim = UUID.randomUUID().toString();
            DueMessages.Batch batch =
                    QuarkusTransaction.requiringNew().call(() -> hands.due().claim(channel, places, claim));
            if (batch.claimed().isEmpty()) {
                return batch.looked() == places;
            }
            KillPoint.MESSAGE_AFTER_CLAIM.reach();
            Contents.Filled filled = hands.contents().fill(batch);
            Set<MessageKey> going = QuarkusTransaction.requiringNew().call(() -> mark(filled, claim));
            KillPoint.MESSAGE_AFTER_TRANSMITTING.reach();
            for (Map.Entry<Claimed, Content> one : filled.contents().entrySet()) {
                if (going.contains(one.getKey().key())) {
                    used++;
                    start(one.getKey(), one.getValue(), claim);
                }
            }
            return batch.looked() == places;
        } finally {
            free.release(places - used);
        }
    }

    /// What cannot be filled is skipped with its reason, what was paused meanwhile goes back; the rest is
    /// transmitting once this is committed.
    private Set<MessageKey> mark(Contents.Filled filled, String claim) {
        List<Transition> changes = new ArrayList<>(filled.skipped());
        Set<Claimed> ready = filled.contents().keySet();
        ready.forEach(message -> changes.add(Transition.transmitting(message.key(), claim)));
        Set<MessageKey> applied = hands.transitions().apply(changes);
        hands.transitions()
                .apply(ready.stream()
                        .filter(message -> !applied.contains(message.key()))
                        .map(message -> Transition.back(message.key(), claim, message.plannedAt()))
                        .toList());
        return applied;
    }

    private void start(Claimed message, Content content, String claim) {
        Thread.ofVirtual().name(channel + "-" + message.key().id()).start(() -> {
            // mail libraries find their parts by it, and a virtual thread has the system's
            Thread.currentThread().setContextClassLoader(Sender.class.getClassLoader());
            hands.results()
                    .add(new Results.Result(
                            message, hands.retries().after(message, claim, transmit(message, content)), free::release));
            resultWaits.run();
        });
    }

    private Outcome transmit(Claimed message, Content content) {
        try {
            return wire.apply(content);
        } catch (RuntimeException e) {
            LOG.errorf(e, "message %d broke its sender", message.key().id());
            return new Outcome.Unknown("the sender broke: " + e.getClass().getSimpleName());
        }
    }

    /// Until the results of all that is on the wire are written, or it takes too long.
    void awaitIdle() {
        try {
            if (free.tryAcquire(concurrency, FOR_THE_LAST_SECONDS, TimeUnit.SECONDS)) {
                free.release(concurrency);
            } else {
                LOG.warnf("%s messages are left on the wire and will be uncertain", channel);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int places() {
        try {
            if (!free.tryAcquire(200, TimeUnit.MILLISECONDS)) {
                return 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
        return 1 + free.drainPermits();
    }
}
