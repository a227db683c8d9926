package io.regulars.kit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.embedded.TestTopics;
import io.regulars.events.ProductChanged;
import io.regulars.events.Topic;
import io.regulars.kit.consume.EventConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What becomes of the records of a topic: applied, older than another, or set aside with their reason.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class ConsumingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Jdbi jdbi;

    @Inject
    EventConsumer consumer;

    @Test
    void takesTheNewestOfABatchWhateverTheirOrder() {
        TestTopics.publishTogether(List.of(product(911, 2, "newer"), product(911, 1, "older")));
        TestTopics.publish(product(911, "other", "after"));

        await().atMost(PATIENCE).until(() -> notes(911).contains("after"));
        assertThat(notes(911)).contains("newer").doesNotContain("older");
    }

    @Test
    void keepsPoisonWithItsReason() {
        TestTopics.publish(product(912, 1, "a name that the table refuses"));
        TestTopics.publish(product(912, "other", "after"));

        await().atMost(PATIENCE).until(() -> notes(912).contains("after"));
        assertThat(deadReasons("a name that the table refuses"))
                .singleElement()
                .asString()
                .contains("note_words_bounded");
    }

    /// By hand: on the topic itself it would lie in the way of all other tests.
    @Test
    void keepsWhatItCannotReadWithItsReason() {
        var unreadable = new ConsumerRecord<>(
                Topic.PRODUCTS.topicName(),
                0,
                0,
                "913/broken".getBytes(StandardCharsets.UTF_8),
                "{\"oops 913".getBytes(StandardCharsets.UTF_8));
        var partition = new TopicPartition(Topic.PRODUCTS.topicName(), 0);
        var records = new ConsumerRecords<>(Map.of(partition, List.of(unreadable)), Map.of());

        consumer.consume(records, ProductChanged.class, products -> {});

        assertThat(deadReasons("oops 913")).singleElement().asString().startsWith("JsonEOFException");
    }

    private List<String> notes(int merchant) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select words from note where merchant_id = :m order by note_id")
                        .bind("m", merchant)
                        .mapTo(String.class)
                        .list());
    }

    private static List<String> deadReasons(String content) {
        return TestTopics.readRaw(Topic.PRODUCTS.topicName() + ".dead", PATIENCE).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains(content))
                .map(record ->
                        new String(record.headers().lastHeader("dead_reason").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static ProductChanged product(int merchant, long version, String name) {
        return product(merchant, "code", version, name);
    }

    private static ProductChanged product(int merchant, String code, String name) {
        return product(merchant, code, 1, name);
    }

    private static ProductChanged product(int merchant, String code, long version, String name) {
        return new ProductChanged(merchant, version, code, name, null, null, null, List.of());
    }
}
