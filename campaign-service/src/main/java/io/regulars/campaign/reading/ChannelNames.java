package io.regulars.campaign.reading;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.regulars.events.Channel;

/// Channels as the outside and the database write them: in lower case.
public final class ChannelNames {

    public static final List<String> ALL =
            Arrays.stream(Channel.values()).map(ChannelNames::of).toList();

    private ChannelNames() {}

    public static String of(Channel channel) {
        return channel.name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException where there is no such channel
    public static Channel parse(String name) {
        return Channel.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
