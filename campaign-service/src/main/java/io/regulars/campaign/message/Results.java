package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.events.EngagementRecorded;
import io.regulars.kit.fault.KillPoint;
import io.regulars.kit.outbox.Outbox;

/// Writes what became of transmissions, many in one transaction, together with the engagements that say so. While the
/// database is away the results wait; what is lost with the process is `uncertain`.
@ApplicationScoped
class Results {

    private static final int MOST = 500;

    /// @param hold the claim that it is one of
    /// @param written what to do when it is
    record Result(Claimed message, Transition transition, Hold hold, Runnable written) {}

    /// A claim, and how many of its messages wait for their result.
    static final class Hold {
        private final String claim;
        private long open;

        Hold(String claim, long open) {
            this.claim = claim;
            this.open = open;
        }
    }

    private final Queue<Result> waiting = new ConcurrentLinkedQueue<>();
    private final Transitions transitions;
    private final Claims claims;
    private final Outbox outbox;
    private final HandedOver handedOver;
    private final Clock clock;

    Results(Transitions transitions, Claims claims, Outbox outbox, HandedOver handedOver, Clock clock) {
        this.transitions = transitions;
        this.claims = claims;
        this.outbox = outbox;
        this.handedOver = handedOver;
        this.clock = clock;
    }

    void add(Result result) {
        waiting.add(result);
    }

    /// @return whether there is more
    boolean write() {
        List<Result> batch = new ArrayList<>();
        waiting.stream().limit(MOST).forEach(batch::add);
        if (batch.isEmpty()) {
            return false;
        }
        Map<Hold, Long> decided = batch.stream().collect(Collectors.groupingBy(Result::hold, Collectors.counting()));
        QuarkusTransaction.requiringNew().run(() -> {
            record(batch);
            claims.end(decided.entrySet().stream()
                    .filter(one -> one.getKey().open == one.getValue())
                    .map(one -> one.getKey().claim)
                    .toList());
            KillPoint.RESULT_IN_TRANSACTION.reach();
        });
        decided.forEach((hold, count) -> hold.open -= count);
        // one thread writes: what stood first is still there
        batch.forEach(one -> waiting.remove());
        batch.forEach(one -> one.written().run());
        return !waiting.isEmpty();
    }

    /// In the caller's transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    void record(List<Result> results) {
        Set<MessageKey> applied =
                transitions.apply(results.stream().map(Result::transition).toList());
        Map<MessageKey, Claimed> messages = results.stream()
                .map(Result::message)
                .collect(Collectors.toMap(Claimed::key, Function.identity(), (one, same) -> one));
        Instant now = clock.instant();
        List<Result> sent = results.stream()
                .filter(result -> result.transition().to() == MessageState.SENT)
                .filter(result -> applied.contains(result.message().key()))
                .toList();
        outbox.publishAll(sent.stream()
                .map(result -> sent(messages.get(result.message().key()), now))
                .toList());
        handedOver.add(sent, now);
        handedOver.perhaps(
                results.stream()
                        .map(Result::transition)
                        .filter(Transition::mayHaveGot)
                        .map(Transition::message)
                        .filter(applied::contains)
                        .toList(),
                now);
    }

    private static EngagementRecorded sent(Claimed message, Instant now) {
        return new EngagementRecorded(
                message.key().merchantId(),
                message.key().customerId(),
                "m" + message.key().id() + ":sent",
                message.campaignId(),
                message.key().id(),
                message.channel(),
                "sent",
                now);
    }
}
