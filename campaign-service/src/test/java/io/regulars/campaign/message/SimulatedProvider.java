package io.regulars.campaign.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.regulars.campaign.channel.Outcome;
import io.regulars.events.Channel;

/// A mail relay that takes whatever comes and a gateway that delivers each key once, both with lines that break.
final class SimulatedProvider {

    /// What reached a customer.
    ///
    /// @param claimedAt when the try that brought it was claimed
    record Receipt(MessageKey message, Channel channel, Instant claimedAt) {}

    final List<Receipt> receipts = new ArrayList<>();
    private final Set<MessageKey> seen = new HashSet<>();
    private final Chance chance;

    SimulatedProvider(Chance chance) {
        this.chance = chance;
    }

    Outcome take(Claimed message, Instant claimedAt) {
        return switch (chance.below(10)) {
            case 0 -> unanswered(message, claimedAt);
            case 1 -> new Outcome.TryLater("busy", null);
            case 2 -> chance.once(0.3) ? new Outcome.Refused("no such number") : accept(message, claimedAt);
            default -> accept(message, claimedAt);
        };
    }

    private Outcome unanswered(Claimed message, Instant claimedAt) {
        if (chance.once(0.5)) {
            accept(message, claimedAt);
        }
        return message.channel() == Channel.SMS
                ? new Outcome.Repeat("no answer", null)
                : new Outcome.Unknown("no answer");
    }

    private Outcome accept(Claimed message, Instant claimedAt) {
        if (message.channel() != Channel.SMS || seen.add(message.key())) {
            receipts.add(new Receipt(message.key(), message.channel(), claimedAt));
        }
        return new Outcome.Sent(null);
    }

    boolean repeatable(Channel channel) {
        return channel == Channel.SMS;
    }
}
