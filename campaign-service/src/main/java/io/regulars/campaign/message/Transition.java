package io.regulars.campaign.message;

import java.time.Instant;

/// A message's next state.
///
/// @param reason why, where the state has one
/// @param dueAt when it is looked at next; of `planned` and `held`
/// @param claim the worker's; null where whoever held it does not matter
/// @param attempt whether a try is over
/// @param providerId the provider's name for it, or null
record Transition(
        MessageKey message,
        MessageState to,
        String reason,
        Instant dueAt,
        String claim,
        boolean attempt,
        String providerId) {

    /// Not sent after all, and due again; no try was made.
    static Transition back(MessageKey message, String claim, Instant dueAt) {
        return new Transition(message, MessageState.PLANNED, null, dueAt, claim, false, null);
    }

    static Transition held(MessageKey message, Instant until, String reason) {
        return new Transition(message, MessageState.HELD, reason, until, null, false, null);
    }

    static Transition skipped(MessageKey message, String reason) {
        return new Transition(message, MessageState.SKIPPED, reason, null, null, false, null);
    }

    static Transition claimed(MessageKey message, String claim) {
        return new Transition(message, MessageState.CLAIMED, null, null, claim, false, null);
    }

    static Transition transmitting(MessageKey message, String claim) {
        return new Transition(message, MessageState.TRANSMITTING, null, null, claim, false, null);
    }

    static Transition sent(MessageKey message, String claim, String providerId) {
        return new Transition(message, MessageState.SENT, null, null, claim, true, providerId);
    }

    static Transition again(MessageKey message, String claim, Instant dueAt, String reason) {
        return new Transition(message, MessageState.PLANNED, reason, dueAt, claim, true, null);
    }

    static Transition failed(MessageKey message, String claim, String reason) {
        return new Transition(message, MessageState.FAILED, reason, null, claim, true, null);
    }

    static Transition uncertain(MessageKey message, String claim, String reason) {
        return new Transition(message, MessageState.UNCERTAIN, reason, null, claim, true, null);
    }
}
