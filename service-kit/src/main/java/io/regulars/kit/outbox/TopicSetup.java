package io.regulars.kit.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;
import io.regulars.events.Topic;
import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Makes the topics that are not there, before anything reads or writes them. Where an operator has made them, or Kafka
/// is not to be reached yet, it leaves things as they are.
@ApplicationScoped
class TopicSetup {

    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> kafka;
    private final int partitions;

    TopicSetup(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "regulars.kafka.partitions", defaultValue = "12") int partitions) {
        this.kafka = kafka;
        this.partitions = partitions;
    }

    void createTopics(@Observes @Priority(1) StartupEvent event) throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("request.timeout.ms", 5_000);
        try (Admin admin = Admin.create(settings)) {
            var results = admin.createTopics(missing()).values();
            for (var result : results.entrySet()) {
                awaitCreation(result.getKey(), result.getValue());
            }
        }
    }

    private List<NewTopic> missing() {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(new NewTopic(topic.topicName(), Optional.of(partitions), Optional.empty())
                    .configs(Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE,
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            Integer.toString(EventProducer.LARGEST_EVENT))));
            topics.add(new NewTopic(topic.topicName() + ".dead", Optional.of(1), Optional.empty())
                    .configs(Map.of(
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            Integer.toString(EventProducer.LARGEST_DEAD_LETTER))));
        }
        return topics;
    }

    private static void awaitCreation(String topic, java.util.concurrent.Future<Void> creation)
            throws InterruptedException {
        try {
            creation.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            LOG.infof("topic made: %s", topic);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                LOG.warnf("topic %s could not be made: %s", topic, e.getCause().toString());
            }
        } catch (TimeoutException e) {
            LOG.warnf("topic %s could not be made: Kafka did not answer in %s", topic, PATIENCE);
        }
    }
}
