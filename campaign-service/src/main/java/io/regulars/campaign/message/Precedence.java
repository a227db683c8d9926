package io.regulars.campaign.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Priorities;
import io.regulars.campaign.campaign.Priorities.Preferred;
import io.regulars.campaign.reading.ChannelNames;
import org.jdbi.v3.core.Jdbi;

/// Finds what is due for the customers of a batch and goes before it: a message of another channel, or beyond
/// the batch. Only where a campaign of the merchants says that it goes first.
@ApplicationScoped
class Precedence {

    /// How long a message that is due is waited for: its sender may be held up by its provider.
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /// By the key of causes, which begins with campaign and customer: a few campaigns go first, and of them a
    /// customer has a few messages. The limit keeps the planner from reading all that a campaign ever sent.
    private static final String WAITING = """
            select k.merchant_id, k.customer_id, w.id, w.channel, w.campaign_id
            from unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
            join unnest(:ofMerchants::int[], :campaigns::bigint[]) as c (merchant_id, campaign_id)
              on c.merchant_id = k.merchant_id
            cross join lateral (
              select m.id, m.channel, m.campaign_id from message m
              where m.merchant_id = k.merchant_id and m.campaign_id = c.campaign_id and m.customer_id = k.customer_id
                and m.due_at > :since and m.due_at <= :now and not m.parked
              limit 20) w
            """;

    private final Jdbi jdbi;
    private final Priorities priorities;

    Precedence(Jdbi jdbi, Priorities priorities) {
        this.jdbi = jdbi;
        this.priorities = priorities;
    }

    Order among(List<Claimed> due, Instant now) {
        Set<Integer> merchants = due.stream().map(one -> one.key().merchantId()).collect(Collectors.toSet());
        Map<Long, Preferred> preferred = priorities.of(merchants);
        return preferred.isEmpty() ? Order.NONE : new Order(preferred, waiting(due, preferred, now));
    }

    private Map<CustomerKey, List<Order.Rival>> waiting(
            List<Claimed> due, Map<Long, Preferred> preferred, Instant now) {
        List<CustomerKey> customers =
                due.stream().map(Claimed::customer).distinct().toList();
        Set<Long> inHand = due.stream().map(one -> one.key().id()).collect(Collectors.toSet());
        List<Preferred> campaigns = List.copyOf(preferred.values());
        Map<CustomerKey, List<Order.Rival>> waiting = new HashMap<>();
        jdbi.useHandle(handle -> CustomerKey.bind(handle.createQuery(WAITING), customers)
                .bindArray(
                        "ofMerchants",
                        Integer.class,
                        campaigns.stream().map(Preferred::merchantId).toList())
                .bindArray(
                        "campaigns",
                        Long.class,
                        campaigns.stream().map(Preferred::campaignId).toList())
                .bind("since", now.minus(PATIENCE))
                .bind("now", now)
                .map((row, context) -> inHand.contains(row.getLong(3))
                        ? null
                        : waiting.computeIfAbsent(
                                        new CustomerKey(row.getInt(1), row.getLong(2)), key -> new ArrayList<>())
                                .add(new Order.Rival(ChannelNames.parse(row.getString(4)), row.getLong(5))))
                .list());
        return waiting;
    }
}
