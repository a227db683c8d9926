package io.regulars.scoring.recompute;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Traffic traffic = new Traffic(now::get);

    @Test
    void flowsUntilTwoSecondsAfterTheLastEvent() {
        assertThat(traffic.flows()).isFalse();
        traffic.noted();
        assertThat(traffic.flows()).isTrue();
        now.addAndGet(Duration.ofMillis(1_999).toNanos());
        assertThat(traffic.flows()).isTrue();
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(traffic.flows()).isFalse();
    }
}
