package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import io.regulars.campaign.channel.Outcome;
import io.regulars.events.Channel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetriesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private final Retries retries = new Retries(Clock.fixed(NOW, ZoneOffset.UTC), SimulatedConfig.CONFIG);

    @Test
    void whatNobodyWasAskedForIsDueAgainWithoutATry() {
        Transition next =
                retries.after(message(9, false, null), "c", new Outcome.NotNow("busy", Duration.ofSeconds(3)));

        assertThat(next.to()).isEqualTo(MessageState.PLANNED);
        assertThat(next.attempt()).isFalse();
        assertThat(next.dueAt()).isEqualTo(NOW.plusSeconds(3));
    }

    @Test
    void whatMayHaveBeenSentKeepsTheNameOfWhoHasIt() {
        Transition next = retries.after(message(0, false, null), "c", new Outcome.Repeat("502", null, "first:"));

        assertThat(next.perhapsSent()).isTrue();
        assertThat(next.providerId()).isEqualTo("first:");
        assertThat(message(1, true, "first:").perhapsBy()).isEqualTo("first");
        assertThat(message(1, true, null).perhapsBy()).isEmpty();
        assertThat(message(1, false, "first:").perhapsBy()).isNull();
    }

    private static Claimed message(int attempts, boolean perhapsSent, String providerId) {
        return new Claimed(
                new MessageKey(1, 2, 3),
                4,
                1,
                "broadcast",
                0,
                Channel.SMS,
                attempts,
                Instant.EPOCH,
                perhapsSent,
                null,
                Map.of(),
                providerId);
    }
}
