package io.regulars.campaign.message;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Remembers which provider took which SMS under which name: all that a receipt or a reply will tell. A table
/// of its own, since an index on `message` would make each of a message's states a new entry in every other
/// one.
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
}
