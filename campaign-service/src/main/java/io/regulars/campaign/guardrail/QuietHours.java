package io.regulars.campaign.guardrail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.regulars.events.Channel;

/// When these channels are silent, by the clock on the customer's wall: from `from` until `to`, over midnight where
/// `to` is the earlier.
public record QuietHours(Set<Channel> channels, LocalTime from, LocalTime to) {

    public QuietHours {
        channels = Set.copyOf(channels);
        if (from.equals(to)) {
            throw new IllegalArgumentException("quiet hours begin and end at " + from);
        }
    }

    /// The first instant after `now` at which the wall clock shows no quiet time; empty where it is not quiet now. A
    /// clock that is put back can show the same quiet time twice, one that is put forward can jump over the end.
    public Optional<Instant> heldUntil(Channel channel, Instant now, ZoneId zone) {
        if (!channels.contains(channel) || !quiet(now, zone)) {
            return Optional.empty();
        }
        LocalDate today = LocalDate.ofInstant(now, zone);
        return Stream.of(today, today.plusDays(1), today.plusDays(2))
                .flatMap(day -> instantsOf(day.atTime(to), zone))
                .filter(end -> end.isAfter(now) && !quiet(end, zone))
                .min(Instant::compareTo);
    }

    private boolean quiet(Instant instant, ZoneId zone) {
        LocalTime time = LocalTime.ofInstant(instant, zone);
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }

    /// Both where the clock shows it twice; the moment of the jump where it never does.
    private static Stream<Instant> instantsOf(LocalDateTime local, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(local);
        Stream<Instant> shown = offsets.isEmpty()
                ? Stream.of(zone.getRules().getTransition(local).getInstant())
                : offsets.stream().map((ZoneOffset offset) -> local.toInstant(offset));
        // the clock may be put back out of the quiet time's end, or jump out of its middle
        var jump = zone.getRules().nextTransition(local.minusDays(1).toInstant(ZoneOffset.UTC));
        return jump == null ? shown : Stream.concat(shown, Stream.of(jump.getInstant()));
    }
}
