package io.regulars.campaign.message;

import java.time.Instant;

/// A message's next state.
///
/// @param reason why, where the state has one
/// @param dueAt when it is looked at next; of `planned` and `held`
/// @param claim the worker's; null where whoever held it does not matter
/// @param attempt whether a try is over
/// @param perhapsSent whether that try may have got through although the message is to be sent again
/// @param providerId the provider's name for it, or null
/// @param counts whether a claimed one counts against the caps
/// @param charged what a claimed one takes from budgets, as `Charges` writes it, or null
record Transition(
        MessageKey message,
        MessageState to,
        String reason,
        Instant dueAt,
        String claim,
        boolean attempt,
        boolean perhapsSent,
        String providerId,
        boolean counts,
        String charged) {

    private Transition(
            MessageKey message,
            MessageState to,
            String reason,
            Instant dueAt,
            String claim,
            boolean attempt,
            boolean perhapsSent,
            String providerId) {
        this(message, to, reason, dueAt, claim, attempt, perhapsSent, providerId, true, null);
    }

    /// Whether it leaves open whether the customer has the message.
    boolean mayHaveGot() {
        return perhapsSent || to == MessageState.UNCERTAIN;
    }

    /// What was told of it afterwards.
    static Transition told(MessageKey message, MessageState state, String reason) {
        return new Transition(message, state, reason, null, null, false, false, null);
    }

    /// Not sent after all, and due again; no try was made.
    static Transition back(MessageKey message, String claim, Instant dueAt) {
        return new Transition(message, MessageState.PLANNED, null, dueAt, claim, false, false, null);
    }

    static Transition held(MessageKey message, Instant until, String reason) {
        return new Transition(message, MessageState.HELD, reason, until, null, false, false, null);
    }

    static Transition claimed(MessageKey message, String claim) {
        return new Transition(message, MessageState.CLAIMED, null, null, claim, false, false, null);
    }

    static Transition claimed(MessageKey message, String claim, boolean counts, String charged) {
        return new Transition(message, MessageState.CLAIMED, null, null, claim, false, false, null, counts, charged);
    }

    static Transition transmitting(MessageKey message, String claim) {
        return new Transition(message, MessageState.TRANSMITTING, null, null, claim, false, false, null);
    }

    static Transition sent(MessageKey message, String claim, String providerId) {
        return new Transition(message, MessageState.SENT, null, null, claim, true, false, providerId);
    }

    static Transition again(MessageKey message, String claim, Instant dueAt, String reason) {
        return new Transition(message, MessageState.PLANNED, reason, dueAt, claim, true, false, null);
    }

    /// Perhaps sent, and to be sent again by the same key. It goes on counting against the caps.
    static Transition repeat(MessageKey message, String claim, Instant dueAt, String reason) {
        return repeat(message, claim, dueAt, reason, null);
    }

    /// @param providerId who perhaps has it
    static Transition repeat(MessageKey message, String claim, Instant dueAt, String reason, String providerId) {
        return new Transition(message, MessageState.PLANNED, reason, dueAt, claim, true, true, providerId);
    }

    /// Decided against. One that may have got through is not skipped.
    static Transition dropped(Claimed message, String reason) {
        return message.perhapsSent()
                ? new Transition(
                        message.key(),
                        MessageState.UNCERTAIN,
                        "perhaps sent, and not repeated: " + reason,
                        null,
                        null,
                        false,
                        false,
                        null)
                : new Transition(message.key(), MessageState.SKIPPED, reason, null, null, false, false, null);
    }

    static Transition failed(MessageKey message, String claim, String reason) {
        return new Transition(message, MessageState.FAILED, reason, null, claim, true, false, null);
    }

    static Transition uncertain(MessageKey message, String claim, String reason) {
        return new Transition(message, MessageState.UNCERTAIN, reason, null, claim, true, false, null);
    }
}
