package io.regulars.kit.consume;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OffsetsTest {

    private static final TopicPartition ONE = new TopicPartition("orders", 1);
    private static final TopicPartition TWO = new TopicPartition("orders", 2);

    private final Offsets offsets = new Offsets();

    @BeforeEach
    void assign() {
        offsets.assigned(List.of(ONE, TWO));
    }

    @Test
    void waitUntilTheyAreTaken() {
        offsets.applied(ONE, 6);
        offsets.applied(ONE, 4);

        assertThat(offsets.waiting()).isEqualTo(Map.of(ONE, next(7)));
        assertThat(offsets.waiting()).isEqualTo(Map.of(ONE, next(7)));

        offsets.taken(Map.of(ONE, next(7)));
        assertThat(offsets.waiting()).isEmpty();
    }

    @Test
    void whatWentOnMeanwhileStillWaits() {
        offsets.applied(ONE, 6);
        var sent = offsets.waiting();
        offsets.applied(ONE, 9);

        offsets.taken(sent);

        assertThat(offsets.waiting()).isEqualTo(Map.of(ONE, next(10)));
    }

    @Test
    void aRevokedPartitionIsTheNextConsumers() {
        offsets.applied(ONE, 6);
        offsets.applied(TWO, 3);

        assertThat(offsets.revoked(List.of(ONE))).isEqualTo(Map.of(ONE, next(7)));
        offsets.applied(ONE, 8);

        assertThat(offsets.waiting()).isEqualTo(Map.of(TWO, next(4)));
    }

    private static OffsetAndMetadata next(long offset) {
        return new OffsetAndMetadata(offset);
    }
}
