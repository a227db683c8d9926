package io.regulars.campaign.message;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// What is kept of each change of a message's state, as JSON.
final class Trail {

    private Trail() {}

    /// @param reason or null
    /// @param until when the message is looked at next, or null
    static String entry(Instant at, MessageState state, String reason, Instant until) {
        var entry =
                JsonNodeFactory.instance.objectNode().put("at", at.toString()).put("state", state.json());
        if (reason != null) {
            entry.put("reason", reason);
        }
        if (until != null) {
            entry.put("until", until.toString());
        }
        return entry.toString();
    }
}
