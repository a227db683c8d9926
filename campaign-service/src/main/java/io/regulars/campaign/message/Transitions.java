package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Contacts;
import io.regulars.campaign.guardrail.Budgets;
import io.regulars.campaign.guardrail.Charges;
import io.regulars.campaign.guardrail.Purse;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// Writes changes of state, many at once, each onto the message's trail.
@ApplicationScoped
class Transitions {

    /// A message counts against the caps from its claim on, and no more once it is surely not sent: one that
    /// may have got through counts on while it waits to be repeated. The lease runs by the database's clock,
    /// which all replicas share.
    ///
    /// What it takes from budgets it gives back likewise.
    ///
    /// The limit says how few there are: else the planner reckons with a hundred, and reads a table of some ten
    /// thousand messages from end to end.
    private static final String APPLY = """
            update message m set
              state = :state,
              reason = t.reason,
              due_at = t.due_at,
              claim = coalesce(t.claim, m.claim),
              lease_until = case when :state in ('claimed', 'transmitting')
                then clock_timestamp() + :lease * interval '1 millisecond' end,
              counted_at = case when :state = 'claimed' then case when t.counts then :now::timestamptz end
                when :state in ('planned', 'held') and (m.perhaps_sent or t.perhaps_sent) then m.counted_at
                when :state in ('planned', 'held', 'skipped', 'failed') then null
                else m.counted_at end,
              charged = case when :state = 'claimed' then coalesce(t.charged, m.charged)
                when :state in ('planned', 'held', 'skipped', 'failed') and not (m.perhaps_sent or t.perhaps_sent) then null
                else m.charged end,
              attempts = m.attempts + case when t.attempt then 1 else 0 end,
              perhaps_sent = m.perhaps_sent or t.perhaps_sent,
              provider_id = coalesce(t.provider_id, m.provider_id),
              sent_at = case when :state = 'sent' then :now::timestamptz else m.sent_at end,
              updated_at = :now,
              trail = m.trail || t.entry::jsonb
            from (
              select * from unnest(:merchants::int[], :customers::bigint[], :ids::bigint[], :reasons::text[],
                  :dues::timestamptz[], :claims::text[], :attempts::boolean[], :perhaps::boolean[], :providers::text[],
                  :entries::text[], :counts::boolean[], :chargeds::jsonb[])
                as r (merchant_id, customer_id, id, reason, due_at, claim, attempt, perhaps_sent, provider_id, entry,
                  counts, charged)
              limit :count) t
            where m.merchant_id = t.merchant_id and m.customer_id = t.customer_id and m.id = t.id
              and m.state = any(:before)
              and (:state = 'claimed' or t.claim is null or m.claim = t.claim)
              and (:state <> 'transmitting' or exists (select from campaign c
                where c.merchant_id = m.merchant_id and c.id = m.campaign_id and c.state = 'active'))
              and (:state <> 'transmitting' or not exists (select from sending_stop s
                where s.merchant_id in (m.merchant_id, 0)))
            returning m.merchant_id, m.customer_id, m.id,
              case when m.charged is null then old.charged end as given_back
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final MessageConfig config;
    private final Budgets budgets;
    private final Contacts contacts;

    Transitions(Jdbi jdbi, Clock clock, MessageConfig config, Budgets budgets, Contacts contacts) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.budgets = budgets;
        this.contacts = contacts;
    }

    /// Those that took place. One does not where the message is in another state by now, or in another worker's
    /// hands, or about to go on the wire while its campaign is paused or all sending is stopped.
    @Transactional(Transactional.TxType.MANDATORY)
    Set<MessageKey> apply(Collection<Transition> transitions) {
        return apply(transitions, clock.instant());
    }

    /// The same, dated with the instant at which they were decided: a clock may be put forward in between.
    @Transactional(Transactional.TxType.MANDATORY)
    Set<MessageKey> apply(Collection<Transition> transitions, Instant now) {
        Set<MessageKey> applied = new HashSet<>();
        List<Purse.Charge> givenBack = new ArrayList<>();
        transitions.stream()
                .collect(Collectors.groupingBy(
                        Transition::to, () -> new EnumMap<>(MessageState.class), Collectors.toList()))
                .forEach((to, alike) -> {
                    Set<MessageKey> taken = apply(to, alike, now, givenBack);
                    contacts.note(
                            to.json(), taken.stream().map(Transitions::contact).toList(), now);
                    applied.addAll(taken);
                });
        budgets.giveBack(givenBack);
        return applied;
    }

    private Set<MessageKey> apply(MessageState to, List<Transition> alike, Instant now, List<Purse.Charge> givenBack) {
        return jdbi.withHandle(handle -> {
            Query update = handle.createQuery(APPLY)
                    .bind("state", to.json())
                    .bindArray("before", String.class, to.before())
                    .bind("count", alike.size())
                    .bind("now", now)
                    .bind("lease", config.lease().toMillis());
            bind(update, "merchants", Integer.class, alike, one -> one.message().merchantId());
            bind(update, "customers", Long.class, alike, one -> one.message().customerId());
            bind(update, "ids", Long.class, alike, one -> one.message().id());
            bind(update, "reasons", String.class, alike, Transition::reason);
            bind(update, "dues", String.class, alike, one -> text(one.dueAt()));
            bind(update, "claims", String.class, alike, Transition::claim);
            bind(update, "attempts", String.class, alike, one -> String.valueOf(one.attempt()));
            bind(update, "perhaps", String.class, alike, one -> String.valueOf(one.perhapsSent()));
            bind(update, "providers", String.class, alike, Transition::providerId);
            bind(update, "entries", String.class, alike, one -> Trail.entry(now, to, one.reason(), one.dueAt()));
            bind(update, "counts", String.class, alike, one -> String.valueOf(one.counts()));
            bind(update, "chargeds", String.class, alike, Transition::charged);
            return update.map((row, context) -> {
                        Charges.read(row.getInt(1), row.getString(4)).forEach(givenBack::add);
                        return new MessageKey(row.getInt(1), row.getLong(2), row.getLong(3));
                    })
                    .set();
        });
    }

    private static Contacts.Of contact(MessageKey message) {
        return new Contacts.Of(message.merchantId(), message.customerId(), message.id());
    }

    private static <T> void bind(
            Query update, String name, Class<T> type, List<Transition> alike, Function<Transition, T> column) {
        update.bindArray(name, type, alike.stream().map(column).toList());
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
