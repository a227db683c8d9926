package io.regulars.campaign.message;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Remembers which provider took which SMS under which name: all that a receipt or a reply will tell. What
/// a provider took perhaps has no name there, and may be answered all the same. A table of its own, since
/// an index on `message` would make each of a message's states a new entry in every other one.
@ApplicationScoped
class HandedOver {

    private static final String ADD = """
            insert into handed_over (provider, provider_id, merchant_id, customer_id, message_id, address_hash, at)
            select split_part(k.named, ':', 1), substr(k.named, strpos(k.named, ':') + 1), k.merchant_id, k.customer_id,
              k.id, sha256(convert_to(coalesce(a.phone, ''), 'UTF8')), :now
            from unnest(:named::text[], :merchants::int[], :customers::bigint[], :ids::bigint[])
              as k (named, merchant_id, customer_id, id)
            left join audience a on a.merchant_id = k.merchant_id and a.customer_id = k.customer_id
            where k.named like '%:_%'
            on conflict do nothing
            """;

    /// By no provider's name, since it is not known where there are several.
    private static final String PERHAPS = """
            insert into handed_over (provider, provider_id, merchant_id, customer_id, message_id, address_hash, at)
            select '', k.merchant_id || '/' || k.customer_id || '/' || k.id, k.merchant_id, k.customer_id, k.id,
              sha256(convert_to(a.phone, 'UTF8')), :now
            from unnest(:merchants::int[], :customers::bigint[], :ids::bigint[]) as k (merchant_id, customer_id, id)
            join message m on m.merchant_id = k.merchant_id and m.customer_id = k.customer_id and m.id = k.id
            join audience a on a.merchant_id = k.merchant_id and a.customer_id = k.customer_id
            where m.channel = 'sms' and a.phone is not null
            on conflict do nothing
            """;

    private final Jdbi jdbi;

    HandedOver(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void add(List<Results.Result> sent, Instant now) {
        List<Results.Result> sms = sent.stream()
                .filter(one -> one.message().channel() == Channel.SMS
                        && one.transition().providerId() != null)
                .toList();
        if (sms.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(ADD)
                .bind("now", now)
                .bindArray(
                        "named",
                        String.class,
                        sms.stream().map(one -> one.transition().providerId()).toList())
                .bindArray(
                        "merchants",
                        Integer.class,
                        sms.stream()
                                .map(one -> one.message().key().merchantId())
                                .toList())
                .bindArray(
                        "customers",
                        Long.class,
                        sms.stream()
                                .map(one -> one.message().key().customerId())
                                .toList())
                .bindArray(
                        "ids",
                        Long.class,
                        sms.stream().map(one -> one.message().key().id()).toList())
                .execute());
    }

    /// Those of them that are SMS.
    ///
    /// @param messages that are uncertain, or are to be repeated
    @Transactional(Transactional.TxType.MANDATORY)
    void perhaps(List<MessageKey> messages, Instant now) {
        if (messages.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> handle.createUpdate(PERHAPS)
                .bind("now", now)
                .bindArray(
                        "merchants",
                        Integer.class,
                        messages.stream().map(MessageKey::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        messages.stream().map(MessageKey::customerId).toList())
                .bindArray(
                        "ids", Long.class, messages.stream().map(MessageKey::id).toList())
                .execute());
    }
}
