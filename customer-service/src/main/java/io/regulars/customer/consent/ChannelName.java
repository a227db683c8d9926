package io.regulars.customer.consent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.regulars.events.Channel;

/// A channel as it stands in JSON and in links: `email`, `sms`, `inbox`.
public final class ChannelName {

    private ChannelName() {}

    public static String of(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    /// In any case of letters; empty where it names no channel.
    public static Optional<Channel> parse(String text) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.name().equalsIgnoreCase(text))
                .findFirst();
    }

    public static String all() {
        return Arrays.stream(Channel.values()).map(ChannelName::of).collect(Collectors.joining(", "));
    }
}
