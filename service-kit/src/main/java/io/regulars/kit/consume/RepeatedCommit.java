package io.regulars.kit.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/// Commits twice a second how far records are applied, and again what could not be committed: while Kafka is away or a
/// group is rebalanced. The connector's own strategies give up such an offset, and a partition in which nothing more
/// happens is then said to be behind for ever, and applied again by the next replica.
final class RepeatedCommit implements KafkaCommitHandler {

    private static final Logger LOG = Logger.getLogger(RepeatedCommit.class);
    private static final long EVERY_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Named by `commit-strategy=repeated`.
    @ApplicationScoped
    @Identifier("repeated")
    static class Factory implements KafkaCommitHandler.Factory {
        @Override
        public KafkaCommitHandler create(
                KafkaConnectorIncomingConfiguration config,
                Vertx vertx,
                KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            return new RepeatedCommit(vertx, consumer);
        }
    }

    private final Offsets offsets = new Offsets();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final Vertx vertx;
    private final KafkaConsumer<?, ?> consumer;
    private final long timer;

    RepeatedCommit(Vertx vertx, KafkaConsumer<?, ?> consumer) {
        this.vertx = vertx;
        this.consumer = consumer;
        this.timer = vertx.setPeriodic(EVERY_MILLIS, id -> commit());
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
        offsets.assigned(partitions);
    }

    /// Called on the consumer's own thread, which may wait.
    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> last = offsets.revoked(partitions);
        if (last.isEmpty()) {
            return;
        }
        try {
            consumer.unwrap().commitSync(last, PATIENCE);
        } catch (KafkaException e) {
            LOG.warnf("%d partitions go to another consumer without their last offset: %s", last.size(), e);
        }
    }

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        offsets.applied(new TopicPartition(record.getTopic(), record.getPartition()), record.getOffset());
        return Uni.createFrom().voidItem();
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> now = offsets.waiting();
        if (now.isEmpty() || !underWay.compareAndSet(false, true)) {
            return;
        }
        consumer.commitAsync(now)
                .onTermination()
                .invoke(() -> underWay.set(false))
                .subscribe()
                .with(
                        done -> offsets.taken(now),
                        failure -> LOG.debugf("%d offsets are committed again: %s", now.size(), failure));
    }

    @Override
    public void terminate(boolean graceful) {
        vertx.cancelTimer(timer);
        Map<TopicPartition, OffsetAndMetadata> last = offsets.waiting();
        if (graceful && !last.isEmpty()) {
            try {
                consumer.commit(last).await().atMost(PATIENCE);
                offsets.taken(last);
            } catch (RuntimeException e) {
                LOG.warnf("%d partitions are left without their last offset: %s", last.size(), e);
            }
        }
    }
}
