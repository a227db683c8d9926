package io.regulars.kit.outbox;

import java.time.Clock;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

import io.regulars.events.Event;
import io.regulars.events.EventJson;
import io.regulars.events.Partitioning;
import org.jdbi.v3.core.Jdbi;

/// Takes events inside the transaction that causes them; they are on their way when it commits, and gone when it does
/// not.
@ApplicationScoped
public class Outbox {

    private static final String INSERT = """
            insert into outbox (topic, event_key, spread, event_type, event_time, body)
            select topic, event_key, spread, event_type, :at, body
            from unnest(:topics::text[], :keys::text[], :spreads::int[], :types::text[], :bodies::bytea[])
              with ordinality as event (topic, event_key, spread, event_type, body, place)
            order by place
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final OutboxRelay relay;
    private final TransactionSynchronizationRegistry transaction;

    Outbox(Jdbi jdbi, Clock clock, OutboxRelay relay, TransactionSynchronizationRegistry transaction) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.relay = relay;
        this.transaction = transaction;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void publish(Event event) {
        publishAll(List.of(event));
    }

    /// One statement for all of them, in their order.
    @Transactional(Transactional.TxType.MANDATORY)
    public void publishAll(Collection<? extends Event> events) {
        if (events.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(INSERT)
                .bind("at", clock.instant())
                .bindArray(
                        "topics",
                        String.class,
                        events.stream().map(event -> event.topic().topicName()).toList())
                .bindArray("keys", String.class, events.stream().map(Event::key).toList())
                .bindArray(
                        "spreads",
                        Integer.class,
                        events.stream()
                                .map(event -> Partitioning.spread(event.merchantId(), event.customerId()))
                                .toList())
                .bindArray(
                        "types",
                        String.class,
                        events.stream()
                                .map(event -> event.topic().cloudEventType())
                                .toList())
                .bindArray(
                        "bodies",
                        byte[].class,
                        events.stream().map(EventJson::write).toList())
                .execute());
        transaction.registerInterposedSynchronization(new WakeRelay());
    }

    private final class WakeRelay implements Synchronization {
        @Override
        public void beforeCompletion() {
            // nothing to do: the rows are written
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                relay.wake();
            }
        }
    }
}
