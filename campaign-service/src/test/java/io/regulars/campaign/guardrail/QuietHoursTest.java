package io.regulars.campaign.guardrail;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

import io.regulars.events.Channel;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietHoursTest {

    private static final QuietHours NIGHT =
            new QuietHours(Set.of(Channel.SMS), LocalTime.of(22, 0), LocalTime.of(8, 0));
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void holdsFromEveningUntilMorning() {
        assertThat(NIGHT.heldUntil(Channel.SMS, Instant.parse("2026-03-01T15:00:00Z"), SHANGHAI))
                .contains(Instant.parse("2026-03-02T00:00:00Z"));
    }

    @Test
    void letsGoByDayAndAtTheVeryEnd() {
        assertThat(NIGHT.heldUntil(Channel.SMS, Instant.parse("2026-03-01T04:00:00Z"), SHANGHAI))
                .isEmpty();
        assertThat(NIGHT.heldUntil(Channel.SMS, Instant.parse("2026-03-01T00:00:00Z"), SHANGHAI))
                .isEmpty();
    }

    @Test
    void leavesOtherChannelsAlone() {
        assertThat(NIGHT.heldUntil(Channel.EMAIL, Instant.parse("2026-03-01T15:00:00Z"), SHANGHAI))
                .isEmpty();
    }

    @Test
    void endsAtTheMorningOfTheWallClockWhenClocksGoForward() {
        assertThat(NIGHT.heldUntil(Channel.SMS, Instant.parse("2026-03-28T22:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-03-29T06:00:00Z"));
    }

    @Test
    void endsAtTheMorningOfTheWallClockWhenClocksGoBack() {
        assertThat(NIGHT.heldUntil(Channel.SMS, Instant.parse("2026-10-24T21:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-10-25T07:00:00Z"));
    }

    @Test
    void endsWithTheJumpWhenTheEndIsJumpedOver() {
        var short_ = new QuietHours(Set.of(Channel.SMS), LocalTime.of(1, 0), LocalTime.of(2, 30));

        assertThat(short_.heldUntil(Channel.SMS, Instant.parse("2026-03-29T00:15:00Z"), BERLIN))
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Property(tries = 3_000)
    void releasesAtTheFirstInstantThatIsNotQuiet(
            @ForAll("instants") Instant now,
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(max = 95) int from,
            @ForAll @IntRange(min = 1, max = 95) int length) {
        var hours = new QuietHours(Set.of(Channel.SMS), quarter(from), quarter((from + length) % 96));

        Optional<Instant> until = hours.heldUntil(Channel.SMS, now, zone);

        until.ifPresent(end -> {
            assertThat(end).isAfter(now);
            assertThat(hours.heldUntil(Channel.SMS, end, zone)).isEmpty();
            for (Instant at = now; at.isBefore(end); at = at.plus(Duration.ofMinutes(5))) {
                assertThat(hours.heldUntil(Channel.SMS, at, zone)).contains(end);
            }
        });
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(
                        Instant.parse("2024-01-01T00:00:00Z").getEpochSecond() / 60,
                        Instant.parse("2030-01-01T00:00:00Z").getEpochSecond() / 60)
                .map(minutes -> Instant.ofEpochSecond(minutes * 60));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Asia/Shanghai",
                        "Europe/Berlin",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Africa/Casablanca")
                .map(ZoneId::of);
    }

    private static LocalTime quarter(int number) {
        return LocalTime.MIN.plusMinutes(number * 15L);
    }
}
