package io.regulars.kit.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.regulars.kit.fault.KillPoint;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Sends what lies in the outbox and deletes what Kafka acknowledged. Woken by each commit of this process; a slow poll
/// finds what a crash left. Replicas take turns under one lock, so that no customer's events overtake each other.
@ApplicationScoped
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 1_000;
    private static final long LOCK = 0x4f7574626f78L;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration OTHERS_TURN = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(:lock)";
    private static final String OLDEST = """
            select id, topic, event_key, spread, event_type, event_time, body from outbox order by id limit :batch
            """;
    private static final String DELETE = "delete from outbox where id = any(:ids::bigint[])";

    /// A row of the outbox.
    public record Waiting(
            long id,
            String topic,
            String eventKey,
            int spread,
            String eventType,
            java.time.Instant eventTime,
            byte[] body) {}

    private enum Turn {
        EMPTY,
        MORE,
        OTHERS
    }

    private final Jdbi jdbi;
    private final EventProducer producer;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private Thread thread;

    OutboxRelay(Jdbi jdbi, EventProducer producer) {
        this.jdbi = jdbi;
        this.producer = producer;
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        wake();
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    /// There may be something to send.
    public void wake() {
        work.release();
    }

    private void run() {
        Duration pause = OTHERS_TURN;
        while (running) {
            try {
                Turn turn = QuarkusTransaction.requiringNew().timeout(60).call(this::relayBatch);
                pause = OTHERS_TURN;
                switch (turn) {
                    case MORE -> KillPoint.RELAY_AFTER_COMMIT.reach();
                    case OTHERS -> await(OTHERS_TURN);
                    case EMPTY -> await(POLL);
                }
            } catch (RuntimeException e) {
                if (running) {
                    LOG.warnf("events wait in the outbox, next try in %s: %s", pause, rootMessage(e));
                    await(pause);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        }
    }

    private Turn relayBatch() {
        return jdbi.withHandle(handle -> {
            if (!handle.createQuery(TRY_LOCK)
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one()) {
                return Turn.OTHERS;
            }
            List<Waiting> batch = handle.createQuery(OLDEST)
                    .bind("batch", BATCH)
                    .map((row, context) -> new Waiting(
                            row.getLong("id"),
                            row.getString("topic"),
                            row.getString("event_key"),
                            row.getInt("spread"),
                            row.getString("event_type"),
                            row.getTimestamp("event_time").toInstant(),
                            row.getBytes("body")))
                    .list();
            if (batch.isEmpty()) {
                return Turn.EMPTY;
            }
            KillPoint.RELAY_AFTER_READ.reach();
            producer.sendAll(batch);
            KillPoint.RELAY_AFTER_SEND.reach();
            handle.createUpdate(DELETE)
                    .bindArray(
                            "ids", Long.class, batch.stream().map(Waiting::id).toList())
                    .execute();
            KillPoint.RELAY_AFTER_DELETE.reach();
            return Turn.MORE;
        });
    }

    private void await(Duration atMost) {
        try {
            if (work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
