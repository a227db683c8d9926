package io.regulars.campaign.bounce;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.link.LinkTokens;
import io.regulars.campaign.message.Aftermath;
import io.regulars.campaign.message.MessageKey;
import io.regulars.campaign.suppression.Address;
import io.regulars.campaign.suppression.Suppressions;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Moves messages by what mail servers report, and stops writing to addresses that are no good or complained.
@ApplicationScoped
class Bounces {

    private static final String ADDRESS = """
            select a.email from message m
            join audience a on a.merchant_id = m.merchant_id and a.customer_id = m.customer_id
            where m.merchant_id = :merchant and m.customer_id = :customer and m.id = :message and m.channel = 'email'
            """;

    private static final String SOFT = """
            insert into soft_bounce (merchant_id, address_hash, message_id, at) values (:merchant, :hash, :message, :now)
            on conflict on constraint soft_bounce_pkey do nothing
            """;

    private static final String SOFT_SINCE = """
            select count(*) from soft_bounce where merchant_id = :merchant and address_hash = :hash and at > :since
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final BounceConfig config;
    private final LinkTokens tokens;
    private final Suppressions suppressions;
    private final Aftermath aftermath;

    Bounces(
            Jdbi jdbi,
            Clock clock,
            BounceConfig config,
            LinkTokens tokens,
            Suppressions suppressions,
            Aftermath aftermath) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.tokens = tokens;
        this.suppressions = suppressions;
        this.aftermath = aftermath;
    }

    /// @param merchant whose messages alone count; null for all
    /// @return the message that it was about; empty where it is none of theirs
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<MessageKey> take(MailReport report, Integer merchant) {
        Optional<MessageKey> message = tokens.read(LinkTokens.Kind.MAIL, report.token())
                .filter(ref -> merchant == null || ref.merchantId() == merchant)
                .map(ref -> new MessageKey(ref.merchantId(), ref.customerId(), ref.messageId()));
        Optional<String> address = message.flatMap(this::address);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        MessageKey key = message.get();
        Instant now = clock.instant();
        switch (report.kind()) {
            case DELIVERED -> note(key, "delivered", null, now);
            case HARD -> {
                note(key, "bounced", report.reason(), now);
                suppress(key, report, address.get(), Suppressions.HARD_BOUNCE, now);
            }
            case SOFT -> {
                note(key, "bounced", report.reason(), now);
                soft(key, report, address.get(), now);
            }
            case COMPLAINT -> {
                note(key, "complained", report.reason(), now);
                if (suppress(key, report, address.get(), Suppressions.COMPLAINT, now)) {
                    note(key, "unsubscribed", null, now);
                }
            }
            case OTHER -> {
                return Optional.empty();
            }
        }
        return message;
    }

    private Optional<String> address(MessageKey message) {
        return jdbi.withHandle(handle -> handle.createQuery(ADDRESS)
                .bind("merchant", message.merchantId())
                .bind("customer", message.customerId())
                .bind("message", message.id())
                .mapTo(String.class)
                .findOne());
    }

    private void note(MessageKey message, String kind, String reason, Instant at) {
        aftermath.note(List.of(new Aftermath.Fact(message, kind, reason, at)));
    }

    private void soft(MessageKey message, MailReport report, String address, Instant now) {
        byte[] hash = Address.of(Channel.EMAIL, address).hash();
        jdbi.useHandle(handle -> handle.createUpdate(SOFT)
                .bind("merchant", message.merchantId())
                .bind("hash", hash)
                .bind("message", message.id())
                .bind("now", now)
                .execute());
        long times = jdbi.withHandle(handle -> handle.createQuery(SOFT_SINCE)
                .bind("merchant", message.merchantId())
                .bind("hash", hash)
                .bind("since", now.minus(config.softWithin()))
                .mapTo(Long.class)
                .one());
        if (times >= config.softLimit()) {
            suppress(message, report, address, Suppressions.SOFT_BOUNCES, now);
        }
    }

    /// Only where the report is about the address that the customer has now: it may be of an old one, and who
    /// got a message could forge a report about somebody else.
    private boolean suppress(MessageKey message, MailReport report, String address, String reason, Instant now) {
        var own = Address.of(Channel.EMAIL, address);
        return (report.recipient() == null || own.equals(Address.of(Channel.EMAIL, report.recipient())))
                && suppressions.add(message.merchantId(), own, reason, report.reason(), now);
    }
}
