package io.regulars.campaign.campaign;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import io.regulars.events.InteractionRecorded;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InteractionTriggerTest {

    private static final Instant ACTIVATED = Instant.parse("2027-03-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2027-03-01T17:30:00Z");

    /// It is past midnight in Shanghai.
    @Test
    void namesTheDayOnTheShopsWall() {
        var complained = new InteractionTrigger(InteractionTrigger.Kind.COMPLAINED, null, null, List.of());

        var cause = complained.cause(told(LATE), ACTIVATED, ZoneId.of("Asia/Shanghai"));

        assertThat(cause).hasValueSatisfying(one -> {
            assertThat(one.context()).containsEntry("event.day", "2027-03-02");
            assertThat(one.at()).isEqualTo(LATE);
        });
    }

    private static InteractionRecorded told(Instant at) {
        return new InteractionRecorded(1, 2, 3, "x", "complained", at, null, null, Map.of(), false);
    }
}
