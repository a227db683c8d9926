package io.regulars.campaign.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.campaign.webhook.OutgoingRows.Due;
import io.regulars.campaign.work.Loop;
import org.jboss.logging.Logger;

/// Makes the calls that are due. A call is taken with a time after which it counts as lost, made outside of any
/// transaction, and its result is written by whoever holds it still: a crash repeats it with the same
/// `webhook-id`, by which the receiver tells.
@ApplicationScoped
class Deliveries {

    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final WebhookConfig config;
    private final Clock clock;
    private final OutgoingRows rows;
    private final Queues queues;
    private final Call call;
    private final Pauses pauses;
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<Long, Integer> byWebhook = new ConcurrentHashMap<>();
    private Instant tidyAt = Instant.EPOCH;
    private volatile Loop loop;

    Deliveries(WebhookConfig config, Clock clock, OutgoingRows rows, Queues queues) {
        this.config = config;
        this.clock = clock;
        this.rows = rows;
        this.queues = queues;
        this.pauses = new Pauses(config.pauses(), new Random());
        this.call = new Call(new Addresses(config.allowLoopback()), config.timeout());
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("webhooks", config.poll(), this::once);
    }

    /// Calls under way end within their timeout, or count as lost.
    void stop(@Observes ShutdownEvent event) {
        loop.close();
        hands.shutdown();
    }

    void wake() {
        Loop started = loop;
        if (started != null) {
            started.wake();
        }
    }

    private boolean once() {
        Instant now = clock.instant();
        if (!now.isBefore(tidyAt)) {
            boolean more = rows.tidy(now, now.minus(config.kept()));
            tidyAt = more ? now : now.plus(TIDY);
        }
        queues.writeDropped();
        int free = config.concurrency() - underWay.get();
        if (free <= 0) {
            return false;
        }
        Instant lost = now.plus(config.timeout()).plus(BEYOND_TIMEOUT);
        int failing = Math.max(0, free - config.concurrency() / 4);
        List<Due> taken = rows.take(now, lost, free, config.perWebhook(), failing, busy());
        taken.forEach(this::begin);
        return !taken.isEmpty();
    }

    private Set<Long> busy() {
        return Set.copyOf(byWebhook.keySet());
    }

    private void begin(Due due) {
        underWay.incrementAndGet();
        byWebhook.merge(due.webhookId(), 1, Integer::sum);
        hands.execute(() -> {
            try {
                make(due);
            } catch (RuntimeException e) {
                LOG.warnf(e, "what came of call %d of merchant %d is not written", due.id(), due.merchantId());
            } finally {
                byWebhook.computeIfPresent(due.webhookId(), (id, count) -> count == 1 ? null : count - 1);
                underWay.decrementAndGet();
                wake();
            }
        });
    }

    private void make(Due due) {
        Call.Answer answer = answer(due);
        Instant now = clock.instant();
        Optional<Duration> pause =
                answer.retry() ? pauses.after(due.attempts(), answer.retryAfter()) : Optional.empty();
        if (answer.good()) {
            rows.delivered(due, answer, now);
        } else if (pause.isPresent()) {
            rows.again(due, answer, now, now.plus(pause.get()));
        } else {
            rows.failed(due, answer, now);
        }
    }

    /// Whatever goes wrong was a try: none goes on for ever.
    private Call.Answer answer(Due due) {
        if (pauses.exhausted(due.attempts())) {
            return new Call.Answer(0, "given up: what came of earlier tries was lost", false);
        }
        try {
            long timestamp = clock.instant().getEpochSecond();
            String headers = "webhook-id: " + due.messageId() + "\nwebhook-timestamp: " + timestamp
                    + "\nwebhook-signature: " + Signature.of(due.secrets(), due.messageId(), timestamp, due.body());
            return call.post(due.url(), headers, due.body());
        } catch (RuntimeException e) {
            LOG.warnf(e, "the call %d of merchant %d failed", due.id(), due.merchantId());
            return new Call.Answer(0, "could not be made: " + e.getClass().getSimpleName(), true);
        }
    }
}
