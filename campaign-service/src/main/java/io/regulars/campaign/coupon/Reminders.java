package io.regulars.campaign.coupon;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import org.jdbi.v3.core.Jdbi;

/// Codes that are about to expire, for those who remind of them.
@ApplicationScoped
public class Reminders {

    private static final String NAME = "coupon:";

    /// A code among all merchants'.
    public record Key(int merchantId, long customerId, long codeId) {}

    /// A code that can still be used.
    ///
    /// @param occurrence names the cause to remind of it
    public record Ending(long customerId, String occurrence, String code, String description, Instant validUntil) {}

    /// By the customer, so that all codes of one come together. A code that was held for an order is free again by
    /// itself.
    private static final String ENDING = """
            with those as materialized (
              select distinct k.customer_id from coupon_code k
              where k.merchant_id = :merchant and k.state in ('issued', 'reserved') and k.valid_until >= :from
                and k.valid_until < :until and k.customer_id > :after
                and (k.state = 'issued' or k.reserved_until <= :now)
                and (:coupon::bigint is null or k.coupon_id = :coupon)
              order by k.customer_id limit :limit)
            select k.customer_id, k.id, coalesce(k.shown, k.code) as code_text, k.valid_until as ends, c.* from those t
            join coupon_code k on k.merchant_id = :merchant and k.customer_id = t.customer_id
            join coupon c on c.merchant_id = k.merchant_id and c.id = k.coupon_id
            where (k.state = 'issued' or k.state = 'reserved' and k.reserved_until <= :now)
              and k.valid_until >= :from and k.valid_until < :until and (:coupon::bigint is null or k.coupon_id = :coupon)
            order by k.customer_id, k.id
            """;

    private static final String OVER = """
            select k.merchant_id, k.customer_id, k.id,
              case when k.state in ('issued', 'reserved') and k.valid_until <= :now then 'expired' else k.state end as state
            from coupon_code k
            join unnest(:merchants::int[], :customers::bigint[], :codes::bigint[])
              as a (merchant_id, customer_id, id)
              on k.merchant_id = a.merchant_id and k.customer_id = a.customer_id and k.id = a.id
            where k.valid_until <= :now
              or not (k.state = 'issued' or k.state = 'reserved' and k.reserved_until <= :now)
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Shops shops;

    Reminders(Jdbi jdbi, Clock clock, Shops shops) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.shops = shops;
    }

    public static Key keyOf(CustomerKey customer, String occurrence) {
        return new Key(
                customer.merchantId(), customer.customerId(), Long.parseLong(occurrence.substring(NAME.length())));
    }

    /// The unused codes of the next customers that end within this time.
    ///
    /// @param coupon null for any
    /// @param limit of customers
    public List<Ending> ending(int merchant, Long coupon, Instant from, Instant until, long after, int limit) {
        Shop shop = shops.find(merchant);
        return jdbi.withHandle(handle -> handle.createQuery(ENDING)
                .bind("merchant", merchant)
                .bind("coupon", coupon)
                .bind("from", from)
                .bind("until", until)
                .bind("now", clock.instant())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Ending(
                        row.getLong(1),
                        NAME + row.getLong(2),
                        row.getString("code_text"),
                        Stock.offer(row).describe(shop),
                        row.getTimestamp("ends").toInstant()))
                .list());
    }

    /// Why those of the codes that nobody is to be reminded of any more are not to be.
    public Map<Key, String> over(Collection<Key> asked) {
        List<Key> keys = List.copyOf(asked);
        Map<Key, String> over = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(OVER)
                .bindArray(
                        "merchants",
                        Integer.class,
                        keys.stream().map(Key::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        keys.stream().map(Key::customerId).toList())
                .bindArray("codes", Long.class, keys.stream().map(Key::codeId).toList())
                .bind("now", clock.instant())
                .map((row, context) -> over.put(
                        new Key(row.getInt(1), row.getLong(2), row.getLong(3)),
                        "the coupon code is " + row.getString(4)))
                .list());
        return over;
    }
}
