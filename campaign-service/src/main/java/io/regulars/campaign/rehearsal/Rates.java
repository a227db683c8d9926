package io.regulars.campaign.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.regulars.campaign.sms.SmsConfig;
import io.regulars.events.Channel;

/// How much of what is due in an hour the providers take in it: the rest goes in the next ones. Only SMS
/// providers have a rate; it is a replica's.
@ApplicationScoped
class Rates {

    private static final int AN_HOUR = 3_600;
    private static final int MOST_HOURS = 24 * 90;

    private final double smsPerSecond;

    @Inject
    Rates(SmsConfig config) {
        this(
                config.url().isPresent()
                                || config.providers().isEmpty()
                                || config.providers().values().stream().anyMatch(one -> one.rate() <= 0)
                        ? 0
                        : config.providers().values().stream()
                                .mapToDouble(SmsConfig.Provider::rate)
                                .sum());
    }

    /// @param smsPerSecond of all providers; 0 for no limit
    Rates(double smsPerSecond) {
        this.smsPerSecond = smsPerSecond;
    }

    /// @param due by the hour in which they are due
    Map<Instant, Map<Channel, Long>> spread(Map<Instant, Map<Channel, Long>> due) {
        if (smsPerSecond <= 0 || due.isEmpty()) {
            return due;
        }
        long room = Math.max(1, (long) (smsPerSecond * AN_HOUR));
        var left = new TreeMap<Instant, Map<Channel, Long>>();
        due.forEach((hour, counts) -> left.put(hour, new EnumMap<>(counts)));
        var spread = new TreeMap<Instant, Map<Channel, Long>>();
        for (int i = 0; !left.isEmpty() && i < MOST_HOURS; i++) {
            var hour = left.pollFirstEntry();
            long sms = hour.getValue().getOrDefault(Channel.SMS, 0L);
            if (sms > room) {
                hour.getValue().put(Channel.SMS, room);
                left.computeIfAbsent(hour.getKey().plus(Duration.ofHours(1)), _ -> new EnumMap<>(Channel.class))
                        .merge(Channel.SMS, sms - room, Long::sum);
            }
            spread.put(hour.getKey(), hour.getValue());
        }
        return spread;
    }
}
