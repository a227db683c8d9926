package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.sms.SmsGateway;
import io.regulars.events.Channel;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Finds messages whose worker is gone. A claimed one was on no wire and is planned again. A transmitting one may
/// have been sent: it is sent again only where the provider tells a repetition by its key, else it is `uncertain`
/// for ever.
@ApplicationScoped
class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final int MOST = 20;

    record Abandoned(MessageKey key, MessageState state, Channel channel, String claim) {}

    private static final String ABANDONED = """
            with late as (
              select * from claim where until < clock_timestamp()
              order by until limit :limit
              for update skip locked)
            select m.merchant_id, m.customer_id, m.id, m.state, m.channel, m.claim
            from late l
            cross join unnest(l.merchants, l.customers, l.messages) as k (merchant_id, customer_id, id)
            join message m on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
            where m.claim = l.id and m.lease_until < clock_timestamp()
            for update of m skip locked
            """;

    /// What was marked as transmitting after its claim has a later lease than that.
    private static final String FORGET = """
            delete from claim c where c.until < clock_timestamp() and not exists (
              select from unnest(c.merchants, c.customers, c.messages) as k (merchant_id, customer_id, id)
              join message m on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
              where m.claim = c.id and m.lease_until is not null)
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Transitions transitions;
    private final SmsGateway sms;
    private final HandedOver handedOver;

    Recovery(Jdbi jdbi, Clock clock, Transitions transitions, SmsGateway sms, HandedOver handedOver) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.transitions = transitions;
        this.sms = sms;
        this.handedOver = handedOver;
    }

    /// @return whether there may be more
    boolean once() {
        return QuarkusTransaction.requiringNew().call(this::recover);
    }

    private boolean recover() {
        List<Abandoned> abandoned = jdbi.withHandle(handle -> handle.createQuery(ABANDONED)
                .bind("limit", MOST)
                .map((row, context) -> new Abandoned(
                        new MessageKey(row.getInt(1), row.getLong(2), row.getLong(3)),
                        MessageState.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                        ChannelNames.parse(row.getString(5)),
                        row.getString(6)))
                .list());
        if (!abandoned.isEmpty()) {
            LOG.warnf("%d messages were left by a worker that is gone", abandoned.size());
            Instant now = clock.instant();
            List<Transition> next = abandoned.stream()
                    .map(one -> next(one, one.channel() == Channel.SMS && sms.idempotent(), now))
                    .toList();
            transitions.apply(next);
            handedOver.perhaps(
                    next.stream()
                            .filter(Transition::mayHaveGot)
                            .map(Transition::message)
                            .toList(),
                    now);
        }
        jdbi.useHandle(handle -> handle.execute(FORGET));
        return false;
    }

    /// @param repeatable whether the provider tells a repetition by its key
    static Transition next(Abandoned message, boolean repeatable, Instant now) {
        if (message.state() == MessageState.CLAIMED) {
            return Transition.back(message.key(), message.claim(), now);
        }
        if (repeatable) {
            return Transition.repeat(
                    message.key(),
                    message.claim(),
                    now,
                    "the worker was lost; the gateway knows a repetition by its key");
        }
        return Transition.uncertain(
                message.key(), message.claim(), "the worker was lost while the message was on the wire");
    }
}
