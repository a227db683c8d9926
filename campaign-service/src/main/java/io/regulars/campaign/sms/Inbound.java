package io.regulars.campaign.sms;

import java.time.Instant;
import java.util.List;

/// What a provider's callback tells.
public record Inbound(List<Report> reports, List<Reply> replies) {

    public static final Inbound NOTHING = new Inbound(List.of(), List.of());

    /// What became of an SMS after the provider had taken it.
    ///
    /// @param reason the network's words where it was not delivered
    public record Report(String providerId, boolean delivered, String reason, Instant at) {}

    /// An SMS of a customer.
    ///
    /// @param phone in E.164
    /// @param signName of the message that it answers, or null where the provider does not tell
    public record Reply(String phone, String text, String signName, Instant at) {}

    static Inbound of(Report report) {
        return new Inbound(List.of(report), List.of());
    }

    static Inbound of(Reply reply) {
        return new Inbound(List.of(), List.of(reply));
    }
}
