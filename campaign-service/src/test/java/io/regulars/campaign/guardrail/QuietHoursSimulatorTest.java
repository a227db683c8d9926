package io.regulars.campaign.guardrail;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.regulars.embedded.Seeds;
import io.regulars.events.Channel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Quiet hours about every change of clocks that any zone has from 2020 to 2037: see [Seeds] for how to replay one.
class QuietHoursSimulatorTest {

    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2038-01-01T00:00:00Z");

    private record Change(ZoneId zone, ZoneOffsetTransition transition) {}

    private static final List<Change> CHANGES = ZoneId.getAvailableZoneIds().stream()
            .sorted()
            .map(ZoneId::of)
            .flatMap(zone -> changes(zone).stream())
            .toList();

    @Test
    void releaseAtTheFirstMinuteThatIsNotQuiet() {
        var step = Math.max(1, CHANGES.size() / 4_000);
        Seeds.run(4_000, seed -> check(seed, CHANGES.get((int) (seed * step % CHANGES.size()))));
    }

    private static void check(long seed, Change change) {
        var random = new SplittableRandom(seed);
        var from = random.nextInt(96) * 15;
        var length = 15 + random.nextInt(95) * 15;
        var hours = new QuietHours(
                Set.of(Channel.SMS),
                LocalTime.ofSecondOfDay(from * 60L),
                LocalTime.ofSecondOfDay((from + length) % 1_440 * 60L));
        var now = change.transition()
                .getInstant()
                .plus(Duration.ofMinutes(random.nextInt(-1_500, 600)))
                .plusMillis(random.nextInt(3) * 29_999L);

        var held = hours.heldUntil(Channel.SMS, now, change.zone());

        assertThat(held.orElse(now))
                .as("%s at %s about %s", hours, now, change)
                .isEqualTo(firstNotQuiet(from, length, now, change.zone()));
    }

    /// Minute by minute: quiet is who is less than the length past the beginning, by the minutes of the day.
    private static Instant firstNotQuiet(int from, int length, Instant now, ZoneId zone) {
        if (!quiet(from, length, now, zone)) {
            return now;
        }
        var minute = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), 60) * 60);
        return IntStream.rangeClosed(1, 3 * 1_440)
                .mapToObj(minutes -> minute.plusSeconds(60L * minutes))
                .filter(at -> !quiet(from, length, at, zone))
                .findFirst()
                .orElseThrow();
    }

    private static boolean quiet(int from, int length, Instant at, ZoneId zone) {
        var local = at.getEpochSecond() + zone.getRules().getOffset(at).getTotalSeconds();
        return Math.floorMod(Math.floorDiv(local, 60L) - from, 1_440L) < length;
    }

    private static List<Change> changes(ZoneId zone) {
        List<Change> changes = new ArrayList<>();
        var next = zone.getRules().nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            changes.add(new Change(zone, next));
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }
}
