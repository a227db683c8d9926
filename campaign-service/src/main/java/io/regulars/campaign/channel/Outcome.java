package io.regulars.campaign.channel;

import java.time.Duration;

/// What became of a transmission.
public sealed interface Outcome {

    /// @param providerId the provider's name for it, or null
    record Sent(String providerId) implements Outcome {}

    /// Surely not sent, and may be tried again.
    ///
    /// @param after how long the provider asks to wait, or null
    record TryLater(String reason, Duration after) implements Outcome {}

    /// Perhaps sent, and may be sent again: the provider tells a repetition by its key.
    ///
    /// @param after how long the provider asks to wait, or null
    /// @param providerId who has it perhaps, where there is more than one; or null
    record Repeat(String reason, Duration after, String providerId) implements Outcome {

        public Repeat(String reason, Duration after) {
            this(reason, after, null);
        }
    }

    /// Surely not sent, since nobody was asked: every provider is at its limit, or left alone because it
    /// fails. No try.
    ///
    /// @param after how long that will last
    record NotNow(String reason, Duration after) implements Outcome {}

    /// Surely not sent, in the provider's words, and never will be.
    record Refused(String reason) implements Outcome {}

    /// Nobody can know whether it was sent.
    record Unknown(String reason) implements Outcome {}
}
