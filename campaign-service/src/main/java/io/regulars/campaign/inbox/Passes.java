package io.regulars.campaign.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.link.LinkTokens;

/// What lets a customer's browser read their own inbox, and nothing else, for some hours. The shop's system
/// asks for one and writes it into its page; nothing of it is stored.
@ApplicationScoped
class Passes {

    /// Whose inbox a pass opens.
    record Holder(int merchant, long customer, Instant until) {}

    private final LinkTokens tokens;
    private final Clock clock;

    Passes(LinkTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    String write(Holder holder) {
        return tokens.write(
                LinkTokens.Kind.INBOX,
                new LinkTokens.Ref(
                        holder.merchant(), holder.customer(), holder.until().getEpochSecond(), 0));
    }

    /// Empty where it is none of ours, or its time is over.
    Optional<Holder> read(String pass) {
        return tokens.read(LinkTokens.Kind.INBOX, pass)
                .map(ref -> new Holder(ref.merchantId(), ref.customerId(), Instant.ofEpochSecond(ref.messageId())))
                .filter(holder -> clock.instant().isBefore(holder.until()));
    }
}
