package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.regulars.events.Channel;

/// A merchant's guardrails.
///
/// @param quietHours null where there are none
/// @param holdoutPercent of campaigns that name none
/// @param policy the rest of them
public record Settings(QuietHours quietHours, List<Cap> caps, BigDecimal holdoutPercent, Policy policy) {

    /// Why a message waits, and until when it does.
    public record Hold(Instant until, String reason) {}

    /// One cause can bring a message by each of three channels: the cap on all leaves room for three causes a
    /// week.
    static final Settings DEFAULT = new Settings(
            new QuietHours(Set.of(Channel.SMS), LocalTime.of(22, 0), LocalTime.of(8, 0)),
            List.of(
                    new Cap(Channel.SMS, 2, Duration.ofDays(7)),
                    new Cap(Channel.EMAIL, 3, Duration.ofDays(7)),
                    new Cap(null, 10, Duration.ofDays(7))),
            BigDecimal.ZERO,
            Policy.DEFAULT);

    public Settings(QuietHours quietHours, List<Cap> caps, BigDecimal holdoutPercent) {
        this(quietHours, caps, holdoutPercent, Policy.NONE);
    }

    Settings withCosts(Map<Channel, Long> listed) {
        return new Settings(quietHours, caps, holdoutPercent, policy.withCosts(listed));
    }

    /// The longest period of a cap: how far back messages count.
    public Duration reach() {
        return caps.stream().map(Cap::per).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    public Optional<Hold> quiet(Channel channel, Instant now, ZoneId zone) {
        return quietHours == null
                ? Optional.empty()
                : quietHours
                        .heldUntil(channel, now, zone)
                        .map(until -> new Hold(
                                until,
                                "quiet hours in " + zone.getId() + " until "
                                        + until.atZone(zone).toLocalDateTime()));
    }

    /// @param counted what counts for this customer: when each began to, by channel
    public Optional<Hold> capped(Channel channel, Map<Channel, List<Instant>> counted, Instant now) {
        return caps.stream()
                .filter(cap -> cap.counts(channel))
                .flatMap(cap -> cap
                        .fullUntil(countedBy(cap, counted), now)
                        .map(until -> new Hold(
                                until,
                                "cap of %d %s per %s is reached"
                                        .formatted(
                                                cap.max(),
                                                cap.channel() == null ? "messages in all" : cap.channel() + " messages",
                                                cap.per())))
                        .stream())
                .max((one, other) -> one.until().compareTo(other.until()));
    }

    private static List<Instant> countedBy(Cap cap, Map<Channel, List<Instant>> counted) {
        return counted.entrySet().stream()
                .filter(entry -> cap.counts(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .sorted((one, other) -> other.compareTo(one))
                .toList();
    }
}
