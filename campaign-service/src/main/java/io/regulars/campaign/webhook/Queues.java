package io.regulars.campaign.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.campaign.webhook.Announcements.Endpoint;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// How much more the queue of each endpoint takes. It is counted once a second: a replica may overshoot by
/// what it writes meanwhile. What finds no room is counted, and shown with the endpoint.
@ApplicationScoped
class Queues {

    private record Key(int merchantId, long webhookId) {}

    private record Level(long waiting, Instant countedAt) {}

    private static final Logger LOG = Logger.getLogger(Queues.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST_KEPT = 10_000;

    private static final String WAITING = """
            select count(*) from (
              select from outgoing_webhook
              where merchant_id = :merchant and webhook_id = :webhook and due_at is not null limit :most) w
            """;

    private static final String DROPPED = """
            update webhook set dropped = dropped + :count, dropped_at = :now
            where merchant_id = :merchant and id = :webhook
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final WebhookConfig config;
    private final Map<Key, Level> levels = new ConcurrentHashMap<>();
    private final Map<Key, Long> dropped = new ConcurrentHashMap<>();

    Queues(Jdbi jdbi, Clock clock, WebhookConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
    }

    /// How many of these the queue takes.
    int room(Endpoint endpoint, int wanted) {
        var key = new Key(endpoint.merchantId(), endpoint.id());
        Level level = levels.get(key);
        Instant now = clock.instant();
        if (level == null || Duration.between(level.countedAt(), now).abs().compareTo(FRESH) > 0) {
            level = new Level(count(key), now);
        }
        int room = Math.clamp(config.mostWaiting() - level.waiting(), 0, wanted);
        if (levels.size() > MOST_KEPT) {
            levels.clear();
        }
        levels.put(key, new Level(level.waiting() + room, level.countedAt()));
        if (room < wanted) {
            dropped.merge(key, (long) wanted - room, Long::sum);
        }
        return room;
    }

    private long count(Key key) {
        return jdbi.withHandle(handle -> handle.createQuery(WAITING)
                .bind("merchant", key.merchantId())
                .bind("webhook", key.webhookId())
                .bind("most", config.mostWaiting())
                .mapTo(Long.class)
                .one());
    }

    /// Writes what was dropped: apart from the transactions that dropped it, which would wait for each
    /// other. The count of a process that is killed is lost.
    void writeDropped() {
        for (Key key : dropped.keySet()) {
            Long count = dropped.remove(key);
            if (count != null) {
                LOG.warnf(
                        "the queue of webhook %d of merchant %d is full: %d events were dropped",
                        key.webhookId(), key.merchantId(), count);
                QuarkusTransaction.requiringNew()
                        .run(() -> jdbi.useHandle(handle -> handle.createUpdate(DROPPED)
                                .bind("count", count)
                                .bind("now", clock.instant())
                                .bind("merchant", key.merchantId())
                                .bind("webhook", key.webhookId())
                                .execute()));
            }
        }
    }
}
