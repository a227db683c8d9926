package io.regulars.kit.outbox;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import jakarta.inject.Inject;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.Sandboxes;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTopics;
import io.regulars.events.Event;
import io.regulars.events.ProductChanged;
import io.regulars.events.Topic;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Events leave the outbox when Kafka has them, in their order, by one hand.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class OutboxTest {

    /// What replicas of all versions agree on.
    private static final long RELAY_LOCK = 0x4f7574626f78L;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Jdbi jdbi;

    @Inject
    Outbox outbox;

    @Test
    void keepsWhatKafkaDoesNotTake() throws Exception {
        limitProducts("300000");
        try {
            publish(List.of(product(801, 1, noise(600_000))));

            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> waiting() == 1);
        } finally {
            limitProducts("8388608");
        }
        await().atMost(PATIENCE).until(() -> waiting() == 0);
        assertThat(versionsOf(801)).containsExactly(1L);
    }

    @Test
    void waitsWhileAnotherReplicaRelays() {
        QuarkusTransaction.requiringNew().run(() -> {
            jdbi.useHandle(handle -> handle.execute("select pg_advisory_xact_lock(?)", RELAY_LOCK));

            publish(List.of(product(802, 1, "n")));

            await().during(Duration.ofMillis(1_500)).atMost(PATIENCE).until(() -> waiting() == 1);
        });
        await().atMost(PATIENCE).until(() -> waiting() == 0);
        assertThat(versionsOf(802)).containsExactly(1L);
    }

    @Test
    void sendsInTheOrderOfTheChanges() {
        publish(LongStream.rangeClosed(1, 100)
                .mapToObj(version -> product(803, version, "n"))
                .toList());

        await().atMost(PATIENCE).until(() -> waiting() == 0);
        assertThat(versionsOf(803)).hasSize(100).isSorted();
    }

    private void publish(List<ProductChanged> events) {
        QuarkusTransaction.requiringNew().run(() -> outbox.publishAll(events));
    }

    private static List<Long> versionsOf(int merchant) {
        return TestTopics.read(Topic.PRODUCTS, Duration.ofSeconds(5)).stream()
                .filter(event -> event.merchantId() == merchant)
                .map(Event::version)
                .toList();
    }

    private long waiting() {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery("select count(*) from outbox")
                        .mapTo(Long.class)
                        .one()));
    }

    private static ProductChanged product(int merchant, long version, String name) {
        return new ProductChanged(merchant, version, "code", name, null, null, null, List.of());
    }

    private static void limitProducts(String bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topic.PRODUCTS.topicName());
        var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(Map.of("bootstrap.servers", Sandboxes.kafkaBootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
        }
    }

    /// Text that no compression makes much smaller.
    private static String noise(int length) {
        var bytes = new byte[length];
        new Random(2).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes).substring(0, length);
    }
}
