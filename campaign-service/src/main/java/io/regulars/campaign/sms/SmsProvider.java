package io.regulars.campaign.sms;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;

import io.regulars.campaign.channel.Outcome;
import io.regulars.campaign.channel.Sms;

/// How one kind of provider is spoken to: our SMS as its request, its answer as an outcome, its callbacks as
/// facts.
public interface SmsProvider {

    /// What an answer says.
    ///
    /// @param ill whether it is the provider, or our account there, that fails, and not this one message: the
    ///     next provider may be tried where the message surely was not sent
    record Verdict(Outcome outcome, boolean ill) {

        static Verdict of(Outcome outcome) {
            return new Verdict(outcome, false);
        }

        static Verdict ill(Outcome outcome) {
            return new Verdict(outcome, true);
        }
    }

    HttpRequest request(Sms sms, Instant now);

    Verdict read(Answer answer);

    /// Whether it delivers one key once, so that what is uncertain can be sent again.
    boolean idempotent();

    /// What a callback tells; empty where it is not the provider who calls.
    ///
    /// @throws IllegalArgumentException where it cannot be read
    Optional<Inbound> inbound(Callback callback);

    /// What the provider wants to hear when a callback was taken, as JSON; empty for no content.
    String thanks();
}
