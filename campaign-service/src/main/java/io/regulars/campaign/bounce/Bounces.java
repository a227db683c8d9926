package io.regulars.campaign.bounce;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

    /// Older ones count for nothing.
    private static final String FORGET = """
            delete from soft_bounce s
            using (
              select merchant_id, address_hash, message_id from soft_bounce where at < :before
              order by at limit :limit for update skip locked) as old
            where s.merchant_id = old.merchant_id and s.address_hash = old.address_hash
              and s.message_id = old.message_id
            """;

    private static final int MOST_FORGOTTEN = 5_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final BounceConfig config;
    private final LinkTokens tokens;
    private final Suppressions suppressions;
    private final Aftermath aftermath;
    private final Counter unmatched;

    Bounces(
            Jdbi jdbi,
            Clock clock,
            BounceConfig config,
            LinkTokens tokens,
            Suppressions suppressions,
            Aftermath aftermath,
            MeterRegistry meters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.tokens = tokens;
        this.suppressions = suppressions;
        this.aftermath = aftermath;
        this.unmatched = Counter.builder("regulars.bounces.unmatched")
                .description("Reports that name one of our e-mails and not its customer's address")
                .register(meters);
    }

    /// A report is believed about the message that it names by our signature and the address that the
    /// customer has now: it may be of an old one, and who got a message knows its name and could forge a
    /// report about somebody else. Complaints often come without the address (RFC 5965 leaves it out where
    /// it is nobody's business), and who can name the message may end the e-mails. What names a message and
    /// another address is counted, and that is all.
    ///
    /// @param merchant whose messages alone count; null for all
    /// @return the message that it was about; empty where it is none of theirs, or is not believed
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<MessageKey> take(MailReport report, Integer merchant) {
        Optional<MessageKey> message = tokens.read(LinkTokens.Kind.MAIL, report.token())
                .filter(ref -> merchant == null || ref.merchantId() == merchant)
                .map(ref -> new MessageKey(ref.merchantId(), ref.customerId(), ref.messageId()));
        Optional<String> address = message.flatMap(this::address);
        if (address.isEmpty() || report.kind() == MailReport.Kind.OTHER) {
            return Optional.empty();
        }
        if (!about(report, address.get())) {
            unmatched.increment();
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
            case OTHER -> throw new IllegalStateException("of no report");
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

    private static boolean about(MailReport report, String address) {
        var own = Address.of(Channel.EMAIL, address);
        return report.recipients().isEmpty()
                ? report.kind() == MailReport.Kind.COMPLAINT
                : report.recipients().stream().anyMatch(one -> own.equals(Address.of(Channel.EMAIL, one)));
    }

    private boolean suppress(MessageKey message, MailReport report, String address, String reason, Instant now) {
        return suppressions.add(message.merchantId(), Address.of(Channel.EMAIL, address), reason, report.reason(), now);
    }

    /// @return whether there may be more
    @Transactional(Transactional.TxType.MANDATORY)
    boolean forget() {
        return jdbi.withHandle(handle -> handle.createUpdate(FORGET)
                        .bind("before", clock.instant().minus(config.softWithin()))
                        .bind("limit", MOST_FORGOTTEN)
                        .execute())
                == MOST_FORGOTTEN;
    }
}
