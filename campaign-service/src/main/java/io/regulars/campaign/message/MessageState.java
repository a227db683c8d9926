package io.regulars.campaign.message;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Where a message is on its way. Every change of state goes by this table, in SQL too.
public enum MessageState {
    /// To be decided and sent when it is due.
    PLANNED,
    /// Waits for quiet hours or a cap to end, and is decided again then.
    HELD,
    /// Decided and in a worker's hands; nothing is on the wire. After a crash: planned again.
    CLAIMED,
    /// On the wire, or about to be. After a crash nobody knows.
    TRANSMITTING,
    /// The provider took it.
    SENT,
    DELIVERED,
    OPENED,
    CLICKED,
    /// Came back after it was taken.
    BOUNCED,
    /// The provider refused it, or too many tries failed.
    FAILED,
    /// Decided against, with a reason.
    SKIPPED,
    /// Perhaps sent; never sent again by itself where that could double it.
    UNCERTAIN;

    private Set<MessageState> next() {
        return switch (this) {
            case PLANNED, HELD -> Set.of(PLANNED, HELD, CLAIMED, SKIPPED, UNCERTAIN);
            case CLAIMED -> Set.of(PLANNED, HELD, TRANSMITTING, SENT, SKIPPED, UNCERTAIN);
            case TRANSMITTING -> Set.of(PLANNED, SENT, FAILED, UNCERTAIN);
            case UNCERTAIN -> Set.of(SENT, FAILED, DELIVERED, BOUNCED);
            case SENT -> Set.of(DELIVERED, OPENED, CLICKED, BOUNCED);
            case DELIVERED -> Set.of(OPENED, CLICKED, BOUNCED);
            case OPENED -> Set.of(CLICKED);
            // a network that gave up and delivered all the same
            case BOUNCED -> Set.of(DELIVERED);
            case CLICKED, FAILED, SKIPPED -> Set.of();
        };
    }

    public boolean mayBecome(MessageState other) {
        return next().contains(other);
    }

    /// @throws IllegalStateException where there is no way from here to there
    public MessageState become(MessageState other) {
        if (!mayBecome(other)) {
            throw new IllegalStateException("a message that is %s cannot become %s; it can become %s"
                    .formatted(
                            json(),
                            other.json(),
                            next().stream().map(MessageState::json).sorted().toList()));
        }
        return other;
    }

    /// From where one gets here.
    List<String> before() {
        return Arrays.stream(values())
                .filter(state -> state.mayBecome(this))
                .map(MessageState::json)
                .toList();
    }

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
