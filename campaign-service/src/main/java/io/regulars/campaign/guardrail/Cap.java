package io.regulars.campaign.guardrail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.regulars.events.Channel;

/// At most `max` messages to one customer in any period of this length.
///
/// @param channel null for all channels together
public record Cap(Channel channel, int max, Duration per) {

    public boolean counts(Channel other) {
        return channel == null || channel == other;
    }

    /// When there is room for one more; empty where there is now.
    ///
    /// @param counted when those began to count that this cap counts, the latest first
    public Optional<Instant> fullUntil(List<Instant> counted, Instant now) {
        List<Instant> inPeriod =
                counted.stream().filter(at -> at.plus(per).isAfter(now)).toList();
        if (inPeriod.size() < max) {
            return Optional.empty();
        }
        return Optional.of(max == 0 ? now.plus(per) : inPeriod.get(max - 1).plus(per));
    }
}
