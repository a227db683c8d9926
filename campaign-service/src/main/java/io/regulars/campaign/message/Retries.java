package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.channel.Outcome;

/// What the outcome of a try makes of a message.
@ApplicationScoped
class Retries {

    private static final int FACTOR = 4;

    private final Clock clock;
    private final MessageConfig config;

    Retries(Clock clock, MessageConfig config) {
        this.clock = clock;
        this.config = config;
    }

    Transition after(Claimed message, String claim, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Sent(var providerId) -> Transition.sent(message.key(), claim, providerId);
            case Outcome.Refused(var reason) -> notSent(message, claim, reason, message.perhapsSent());
            case Outcome.Unknown(var reason) -> Transition.uncertain(message.key(), claim, reason);
            case Outcome.TryLater(var reason, var after) ->
                last(message)
                        ? notSent(message, claim, givenUp(reason), message.perhapsSent())
                        : Transition.again(message.key(), claim, next(message.attempts(), after), reason);
            case Outcome.Repeat(var reason, var after, var providerId) ->
                last(message)
                        ? notSent(message, claim, givenUp(reason), true)
                        : Transition.repeat(message.key(), claim, next(message.attempts(), after), reason, providerId);
            case Outcome.NotNow notNow ->
                Transition.back(message.key(), claim, clock.instant().plus(notNow.after()));
        };
    }

    /// For good. Where one of the tries may have got through, nobody knows.
    private static Transition notSent(Claimed message, String claim, String reason, boolean perhapsSent) {
        return perhapsSent
                ? Transition.uncertain(message.key(), claim, "perhaps sent by an earlier try: " + reason)
                : Transition.failed(message.key(), claim, reason);
    }

    private boolean last(Claimed message) {
        return message.attempts() + 1 >= config.attempts();
    }

    private String givenUp(String reason) {
        return "given up after " + config.attempts() + " tries: " + reason;
    }

    private Instant next(int attempts, Duration asked) {
        Duration pause = config.firstRetry();
        for (int i = 0; i < attempts && pause.compareTo(config.longestRetry()) < 0; i++) {
            pause = pause.multipliedBy(FACTOR);
        }
        if (pause.compareTo(config.longestRetry()) > 0) {
            pause = config.longestRetry();
        }
        return clock.instant().plus(asked != null && asked.compareTo(pause) > 0 ? asked : pause);
    }
}
