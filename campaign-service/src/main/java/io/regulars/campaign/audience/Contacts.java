package io.regulars.campaign.audience;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Jdbi;

/// What became of the customers' messages, a narrow row for each fact, for conditions on past messages. A message's
/// own row changes in place on its way, which an index on its state would end.
@ApplicationScoped
public class Contacts {

    /// A message among all merchants'.
    public record Of(int merchantId, long customerId, long messageId) {}

    static final int SENT = 1;
    static final int DELIVERED = 2;
    static final int OPENED = 3;
    static final int CLICKED = 4;
    static final int BOUNCED = 5;

    private static final Map<String, Long> CHANNELS = Map.of("email", 1L, "sms", 2L, "inbox", 3L);

    /// What each state of a message says: who clicked has opened it, and it arrived.
    private static final Map<String, List<Integer>> KINDS = Map.of(
            "sent", List.of(SENT),
            "delivered", List.of(DELIVERED),
            "opened", List.of(DELIVERED, OPENED),
            "clicked", List.of(DELIVERED, OPENED, CLICKED),
            "bounced", List.of(BOUNCED));

    /// In the order of the key. What was told before stays with its instant.
    private static final String NOTE = """
            insert into contact (merchant_id, customer_id, message_id, kind, channel, campaign_id, at)
            select m.merchant_id, m.customer_id, m.id, kind,
              case m.channel when 'email' then 1 when 'sms' then 2 else 3 end, m.campaign_id, :now
            from (select * from unnest(:merchants::int[], :customers::bigint[], :messages::bigint[])
                as r (merchant_id, customer_id, id) limit :count) k
            join message m on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
            cross join unnest(:kinds::int[]) kind
            order by 1, 2, 3, 4
            on conflict on constraint contact_pkey do nothing
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Contacts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    static Long code(String channel) {
        return CHANNELS.get(channel);
    }

    /// Who reads a letter in the inbox opens it, which its message's state does not tell.
    void engaged(@Observes Engaged engaged) {
        note(
                engaged.clicked() ? "clicked" : "opened",
                engaged.messages().stream()
                        .map(message -> new Of(engaged.merchantId(), engaged.customerId(), message))
                        .toList(),
                clock.instant());
    }

    /// In the caller's transaction, the one in which the messages came into the state.
    ///
    /// @param state as the message's row has it; of others than those of a message that went out nothing is kept
    @Transactional(Transactional.TxType.MANDATORY)
    public void note(String state, Collection<Of> messages, Instant now) {
        if (messages.isEmpty() || !KINDS.containsKey(state)) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(NOTE)
                .bind("now", now)
                .bind("count", messages.size())
                .bindArray("kinds", Integer.class, KINDS.get(state))
                .bindArray(
                        "merchants",
                        Integer.class,
                        messages.stream().map(Of::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        messages.stream().map(Of::customerId).toList())
                .bindArray(
                        "messages",
                        Long.class,
                        messages.stream().map(Of::messageId).toList())
                .execute());
    }
}
