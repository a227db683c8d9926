package io.regulars.campaign.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.regulars.events.Channel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RatesTest {

    private static final Instant EIGHT = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void whatAProviderDoesNotTakeInAnHourGoesInTheNextOnes() {
        var due = Map.of(EIGHT, Map.of(Channel.SMS, 9_000L, Channel.EMAIL, 50_000L));

        var spread = new Rates(1).spread(due);

        assertThat(spread)
                .containsExactly(
                        Map.entry(EIGHT, Map.of(Channel.SMS, 3_600L, Channel.EMAIL, 50_000L)),
                        Map.entry(EIGHT.plus(Duration.ofHours(1)), Map.of(Channel.SMS, 3_600L)),
                        Map.entry(EIGHT.plus(Duration.ofHours(2)), Map.of(Channel.SMS, 1_800L)));
    }

    @Test
    void withoutALimitAllGoesWhenItIsDue() {
        var due = Map.of(EIGHT, Map.of(Channel.SMS, 900_000L));

        assertThat(new Rates(0).spread(due)).isEqualTo(due);
    }
}
