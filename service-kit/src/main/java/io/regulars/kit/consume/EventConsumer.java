package io.regulars.kit.consume;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.regulars.events.Event;
import io.regulars.events.EventJson;
import io.regulars.kit.fault.KillPoint;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/// Applies a batch of records in one transaction. When it returns, each record was applied, was older than another of
/// the batch, or lies in the dead-letter topic with its reason; while the database is away it does not return.
@ApplicationScoped
public class EventConsumer {

    private static final Logger LOG = Logger.getLogger(EventConsumer.class);
    private static final int TRANSACTION_SECONDS = 300;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /// One event and the record it came in.
    private record Received<E>(E event, ConsumerRecord<byte[], byte[]> origin) {}

    private final DeadLetters deadLetters;
    private volatile boolean stopping;

    EventConsumer(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /// @param write applies events, each of another thing, in one transaction; called again from the start after a
    ///     failure, so it must do nothing outside that transaction
    public <E extends Event> void consume(
            ConsumerRecords<byte[], byte[]> records, Class<E> type, Consumer<List<E>> write) {
        List<Received<E>> batch = newestOfEachThing(records, type);
        if (batch.isEmpty()) {
            return;
        }
        KillPoint.CONSUMER_BEFORE_TRANSACTION.reach();
        try {
            applyPatiently(batch, write);
        } catch (RuntimeException poison) {
            LOG.warnf("a batch of %d from %s is applied one by one: %s", batch.size(), type.getSimpleName(), poison);
            applyEach(batch, write);
        }
        KillPoint.CONSUMER_BEFORE_OFFSET.reach();
    }

    private <E extends Event> List<Received<E>> newestOfEachThing(
            ConsumerRecords<byte[], byte[]> records, Class<E> type) {
        Map<String, Received<E>> newest = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> origin : records) {
            if (origin.value() == null) {
                continue;
            }
            try {
                E event = EventJson.read(origin.value(), type);
                Received<E> held = newest.get(event.key());
                if (held == null || held.event().version() < event.version()) {
                    newest.put(event.key(), new Received<>(event, origin));
                }
            } catch (IOException | RuntimeException e) {
                bury(origin, e);
            }
        }
        return new ArrayList<>(newest.values());
    }

    private <E extends Event> void applyEach(List<Received<E>> batch, Consumer<List<E>> write) {
        for (Received<E> one : batch) {
            try {
                applyPatiently(List.of(one), write);
            } catch (RuntimeException poison) {
                if (stopping) {
                    throw poison;
                }
                bury(one.origin(), poison);
            }
        }
    }

    /// Tries until it succeeds or fails for a reason that lies in the data.
    private <E extends Event> void applyPatiently(List<Received<E>> batch, Consumer<List<E>> write) {
        List<E> events = batch.stream().map(Received::event).toList();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).run(() -> {
                    write.accept(events);
                    KillPoint.CONSUMER_IN_TRANSACTION.reach();
                });
                return;
            } catch (RuntimeException e) {
                if (stopping || !Failures.mayPass(e)) {
                    throw e;
                }
                LOG.warnf("%d events wait, next try in %s: %s", events.size(), pause, Failures.rootMessage(e));
                sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private void bury(ConsumerRecord<byte[], byte[]> origin, Exception reason) {
        while (true) {
            try {
                deadLetters.send(origin, Failures.rootMessage(reason));
                return;
            } catch (IllegalStateException kafkaAway) {
                if (stopping) {
                    throw kafkaAway;
                }
                sleep(LONGEST_PAUSE);
            }
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to try again", e);
        }
    }
}
