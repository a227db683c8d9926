package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import io.regulars.events.Channel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");
    private static final Settings TWO_SMS_THREE_IN_ALL = new Settings(
            null,
            List.of(new Cap(Channel.SMS, 2, Duration.ofDays(7)), new Cap(null, 3, Duration.ofDays(1))),
            BigDecimal.ZERO);

    @Test
    void holdsUntilTheOldestThatCountsLeavesThePeriod() {
        var counted = Map.of(Channel.SMS, List.of(NOON.minus(Duration.ofDays(1)), NOON.minus(Duration.ofDays(3))));

        var hold = TWO_SMS_THREE_IN_ALL.capped(Channel.SMS, counted, NOON);

        assertThat(hold).hasValueSatisfying(held -> {
            assertThat(held.until()).isEqualTo(NOON.plus(Duration.ofDays(4)));
            assertThat(held.reason()).contains("cap of 2 SMS messages per PT168H");
        });
    }

    @Test
    void countsAllChannelsTogether() {
        var counted = Map.of(
                Channel.EMAIL, List.of(NOON.minusSeconds(60), NOON.minusSeconds(120)),
                Channel.INBOX, List.of(NOON.minusSeconds(180)));

        assertThat(TWO_SMS_THREE_IN_ALL.capped(Channel.SMS, counted, NOON)).isPresent();
    }

    @Test
    void countsNoMoreWhatIsOutsideThePeriod() {
        var counted = Map.of(Channel.SMS, List.of(NOON.minus(Duration.ofDays(1)), NOON.minus(Duration.ofDays(7))));

        assertThat(TWO_SMS_THREE_IN_ALL.capped(Channel.SMS, counted, NOON)).isEmpty();
    }

    @Test
    void readsWhatItWrites() {
        assertThat(SettingsJson.read(SettingsJson.write(Settings.DEFAULT), new Faults()))
                .isEqualTo(Settings.DEFAULT);
    }

    @Test
    void namesEveryFaultWithItsPlace() throws Exception {
        var faults = new Faults();

        SettingsJson.read(new JsonMapper().readTree("""
                {"quietHours": {"channels": ["fax"], "from": "25:00", "to": "08:00"},
                 "caps": [{"channel": "sms", "max": -1, "per": "P0D", "every": 1}], "holdoutPercent": 101, "cap": []}
                """), faults);

        assertThat(faults.violations())
                .extracting("field")
                .containsExactlyInAnyOrder(
                        "quietHours.channels",
                        "quietHours.from",
                        "caps[0].max",
                        "caps[0].per",
                        "caps[0].every",
                        "holdoutPercent",
                        "cap");
    }
}
