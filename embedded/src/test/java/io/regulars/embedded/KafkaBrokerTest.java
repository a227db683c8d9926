package io.regulars.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import io.regulars.events.MerchantChanged;
import io.regulars.events.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaBrokerTest {

    @TempDir
    Path folder;

    @Test
    void keepsItsRecordsBetweenRuns() {
        var data = folder.resolve("data");
        var port = Ports.free();
        var controllerPort = Ports.free();
        var event = new MerchantChanged(1, 1, "婴儿用品店", "Asia/Shanghai", "CNY", "zh", null);
        try (var broker = KafkaBroker.start(data, port, controllerPort)) {
            TestTopics.publish(broker.bootstrapServers(), event);
        }

        try (var broker = KafkaBroker.start(data, port, controllerPort)) {
            var records =
                    TestTopics.readRaw(broker.bootstrapServers(), Topic.MERCHANTS.topicName(), Duration.ofSeconds(30));

            assertThat(records)
                    .singleElement()
                    .satisfies(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8))
                            .contains("婴儿用品店"));
        }
    }

    @Test
    void readsAndWritesTopicsOfTheSharedBroker() {
        var event = new MerchantChanged(77, 1, "shared", "UTC", "EUR", "en", null);
        TestTopics.publish(event);

        var events = TestTopics.read(Topic.MERCHANTS, Duration.ofSeconds(30));

        assertThat(events).contains(event);
    }
}
