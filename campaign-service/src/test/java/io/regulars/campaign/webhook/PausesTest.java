package io.regulars.campaign.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PausesTest {

    private static final List<Duration> TWO = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5));
    private static final Pauses PAUSES = new Pauses(TWO, new Random(1));

    @Test
    void areThoseOfTheScheduleAndSomeChance() {
        for (int i = 0; i < 100; i++) {
            assertThat(PAUSES.after(1, null))
                    .hasValueSatisfying(
                            pause -> assertThat(pause).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_500)));
            assertThat(PAUSES.after(2, null))
                    .hasValueSatisfying(
                            pause -> assertThat(pause).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330)));
        }
        assertThat(PAUSES.after(3, null)).isEmpty();
    }

    @Test
    void areNoShorterThanTheReceiverAsksForAndNoLongerThanADay() {
        assertThat(PAUSES.after(1, Duration.ofHours(1)))
                .hasValueSatisfying(pause -> assertThat(pause).isBetween(Duration.ofHours(1), Duration.ofMinutes(66)));
        assertThat(PAUSES.after(2, Duration.ofSeconds(1)))
                .hasValueSatisfying(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofMinutes(5)));
        assertThat(PAUSES.after(1, Duration.ofDays(30)))
                .hasValueSatisfying(pause -> assertThat(pause).isLessThan(Duration.ofHours(27)));
    }

    @Test
    void endAlsoWhereNoResultIsEverWritten() {
        assertThat(PAUSES.exhausted(3)).isFalse();
        assertThat(PAUSES.exhausted(7)).isTrue();
    }
}
