package io.regulars.campaign.sms;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private final Breaker breaker = new Breaker();

    @Test
    void opensAfterFiveFailuresInARow() {
        fail(4);
        breaker.succeeded();
        fail(4);
        assertThat(breaker.permits(NOW)).isTrue();

        fail(1);

        assertThat(breaker.permits(NOW)).isFalse();
        assertThat(breaker.closedFor(NOW)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void opensAtOnceForAsLongAsItIsAsked() {
        breaker.failed(NOW, Duration.ofMinutes(2));

        assertThat(breaker.permits(NOW.plusSeconds(119))).isFalse();
        assertThat(breaker.permits(NOW.plusSeconds(120))).isTrue();
    }

    @Test
    void letsOneTryAtATimeAndClosesWhenItSucceeds() {
        fail(5);
        Instant later = NOW.plusSeconds(6);
        assertThat(breaker.room(100, later)).isEqualTo(1);
        assertThat(breaker.permits(later)).isTrue();
        assertThat(breaker.permits(later)).isFalse();
        assertThat(breaker.room(100, later)).isZero();
        assertThat(breaker.closedFor(later)).isEqualTo(Duration.ofSeconds(1));

        breaker.succeeded();

        assertThat(breaker.permits(later)).isTrue();
        assertThat(breaker.permits(later)).isTrue();
    }

    @Test
    void aTrialOfWhichNobodyHearsDoesNotHoldItOpenForEver() {
        fail(5);
        assertThat(breaker.permits(NOW.plusSeconds(6))).isTrue();

        assertThat(breaker.permits(NOW.plusSeconds(67))).isTrue();
    }

    @Test
    void aBucketGivesPlacesInItsLineAndNoneTooFarBack() {
        var nanos = new AtomicLong();
        var bucket = new TokenBucket(2, nanos::get);
        var patience = Duration.ofSeconds(1);

        assertThat(bucket.take(patience)).isZero();
        assertThat(bucket.take(patience)).isZero();
        assertThat(bucket.take(patience)).isEqualTo(Duration.ofMillis(500));
        assertThat(bucket.take(patience)).isEqualTo(Duration.ofSeconds(1));
        assertThat(bucket.take(patience)).isNull();
        nanos.addAndGet(500_000_000);
        assertThat(bucket.take(patience)).isEqualTo(Duration.ofSeconds(1));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(NOW, null);
        }
    }
}
