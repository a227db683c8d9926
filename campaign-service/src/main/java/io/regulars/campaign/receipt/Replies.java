package io.regulars.campaign.receipt;

import java.time.Clock;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.message.Aftermath;
import io.regulars.campaign.message.MessageKey;
import io.regulars.campaign.sms.Inbound;
import io.regulars.campaign.suppression.Address;
import io.regulars.campaign.suppression.Suppressions;
import io.regulars.events.Channel;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Stops SMS to whoever replies that they want none. The provider's account is the operator's, so a reply
/// does not say whose customer it is: it is the shop whose name signed the message, where the provider
/// tells that and a shop bears it, else every shop that wrote to the phone by that provider in the last 30
/// days. What is uncertain counts as written, by whichever provider, and so does what is on the wire: it may
/// be what the reply answers.
@ApplicationScoped
class Replies {

    private static final Logger LOG = Logger.getLogger(Replies.class);

    private record Written(MessageKey message, boolean signed) {}

    private static final String WRITTEN = """
            select distinct on (h.merchant_id) h.merchant_id, h.customer_id, h.message_id,
              coalesce(s.name = :sign, false) as signed
            from (
              select merchant_id, customer_id, message_id, at from handed_over
              where provider in (:provider, '') and address_hash = :hash
              union all
              select m.merchant_id, m.customer_id, m.id, :now
              from claim c
              cross join unnest(c.merchants, c.customers, c.messages) as k (merchant_id, customer_id, id)
              join message m on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
                and m.claim = c.id and m.state = 'transmitting' and m.channel = 'sms'
              join audience a on a.merchant_id = m.merchant_id and a.customer_id = m.customer_id
                and sha256(convert_to(a.phone, 'UTF8')) = :hash) h
            left join shop s on s.merchant_id = h.merchant_id
            order by h.merchant_id, h.at desc
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Suppressions suppressions;
    private final Aftermath aftermath;

    Replies(Jdbi jdbi, Clock clock, Suppressions suppressions, Aftermath aftermath) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.suppressions = suppressions;
        this.aftermath = aftermath;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void take(String provider, List<Inbound.Reply> replies) {
        replies.stream().filter(reply -> StopWords.says(reply.text())).forEach(reply -> stop(provider, reply));
    }

    private void stop(String provider, Inbound.Reply reply) {
        var address = Address.of(Channel.SMS, reply.phone());
        List<Written> written = jdbi.withHandle(handle -> handle.createQuery(WRITTEN)
                .bind("provider", provider)
                .bind("hash", address.hash())
                .bind("sign", reply.signName())
                .bind("now", clock.instant())
                .map((row, context) -> new Written(
                        new MessageKey(
                                row.getInt("merchant_id"), row.getLong("customer_id"), row.getLong("message_id")),
                        row.getBoolean("signed")))
                .list());
        if (written.isEmpty()) {
            LOG.infof("a reply by %s wants no more SMS, of a phone that nobody wrote to", provider);
        }
        boolean named = written.stream().anyMatch(Written::signed);
        written.stream()
                .filter(one -> one.signed() || !named)
                .map(Written::message)
                .filter(message -> suppressions.add(
                        message.merchantId(),
                        address,
                        Suppressions.REPLIED_STOP,
                        reply.text().strip(),
                        reply.at()))
                .map(message -> new Aftermath.Fact(message, "unsubscribed", null, reply.at()))
                .forEach(fact -> aftermath.note(List.of(fact)));
    }
}
