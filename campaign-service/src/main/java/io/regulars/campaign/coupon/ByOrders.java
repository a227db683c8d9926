package io.regulars.campaign.coupon;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import org.jdbi.v3.core.Jdbi;

/// What orders do to coupon codes as their events come: those that they name are used, and those of orders that
/// are given back as a whole are void, or their customers' again.
@ApplicationScoped
public class ByOrders {

    private static final Set<Status> GIVEN_BACK = Set.of(Status.REFUNDED, Status.CANCELLED);

    private static final String SHARED = """
            select distinct c.merchant_id, c.id, n.code, n.order_id, n.customer_id,
              (select k.code from coupon_code k where k.merchant_id = c.merchant_id and k.coupon_id = c.id
                and k.order_id = n.order_id and k.state <> 'voided' order by k.id limit 1) as used
            from unnest(:merchants::int[], :codes::text[], :orders::text[], :customers::bigint[])
              as n (merchant_id, code, order_id, customer_id)
            join coupon c on c.merchant_id = n.merchant_id and c.shared_key = n.code
            order by 1, 2
            """;

    private static final String RETURN = """
            update coupon_code k set
              state = case when r.again then 'issued' else 'voided' end,
              order_id = case when r.again then null else k.order_id end,
              redeemed_at = case when r.again then null else k.redeemed_at end,
              discount = case when r.again then null else k.discount end,
              reserved_until = null,
              void_reason = case when r.again then null else 'the order was given back' end,
              returned = k.returned + case when r.again and k.state = 'redeemed' then 1 else 0 end
            from (
              select u.merchant_id, u.customer_id, u.id, (c.on_refund = 'return' or u.state = 'reserved') and c.codes <> 'shared' as again
              from unnest(:merchants::int[], :orders::text[]) as o (merchant_id, order_id)
              join coupon_code u on u.merchant_id = o.merchant_id and u.order_id = o.order_id
              join coupon c on c.merchant_id = u.merchant_id and c.id = u.coupon_id) r
            where k.merchant_id = r.merchant_id and k.customer_id = r.customer_id and k.id = r.id
              and k.state in ('reserved', 'redeemed')
            """;

    private static final String HELD = """
            select k.code, k.merchant_id from coupon_code k
            join coupon c on c.merchant_id = k.merchant_id and c.id = k.coupon_id and c.codes = 'shared'
            join unnest(:merchants::int[], :orders::text[]) as o (merchant_id, order_id)
              on o.merchant_id = k.merchant_id and o.order_id = k.order_id
            where k.state = 'reserved' order by c.merchant_id, c.id
            """;

    /// @param used the use that the order has already, or null
    private record Wanted(int merchantId, long couponId, String code, String orderId, long customerId, String used) {

        Issuing.Ask ask() {
            return new Issuing.Ask(merchantId, customerId, couponId, null, null);
        }
    }

    private final Jdbi jdbi;
    private final Clock clock;
    private final Redeeming redeeming;
    private final SharedCodes shared;
    private final Locks locks;

    ByOrders(Jdbi jdbi, Clock clock, Redeeming redeeming, SharedCodes shared, Locks locks) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.redeeming = redeeming;
        this.shared = shared;
        this.locks = locks;
    }

    /// @param orders newer than what was known of each
    @Transactional(Transactional.TxType.MANDATORY)
    public void apply(List<OrderChanged> orders) {
        List<OrderChanged> naming = orders.stream()
                .filter(order -> order.status().counts() && !order.couponCodes().isEmpty())
                .toList();
        List<OrderChanged> returned = orders.stream()
                .filter(order -> GIVEN_BACK.contains(order.status()))
                .toList();
        if (naming.isEmpty() && returned.isEmpty()) {
            return;
        }
        locks.orders(Stream.concat(naming.stream(), returned.stream()).toList());
        List<Redeeming.Named> named = named(naming);
        locks.coupons(named, returned);
        named.addAll(sharedUses(List.copyOf(named)));
        locks.codes(named, returned);
        if (!named.isEmpty()) {
            redeeming.redeemBy(named, clock.instant());
        }
        giveBack(returned);
    }

    private static List<Redeeming.Named> named(List<OrderChanged> naming) {
        return naming.stream()
                .flatMap(order -> order.couponCodes().stream()
                        .map(code -> new Redeeming.Named(
                                order.merchantId(),
                                order.customerId(),
                                Codes.normal(code),
                                order.externalId(),
                                order.orderedAt())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /// Shops name what customers typed: each order's use is a code of its own, while there is stock.
    private List<Redeeming.Named> sharedUses(List<Redeeming.Named> named) {
        List<Wanted> wanted = jdbi.withHandle(handle -> handle.createQuery(SHARED)
                .bindArray(
                        "merchants",
                        Integer.class,
                        named.stream().map(Redeeming.Named::merchantId).toList())
                .bindArray(
                        "codes",
                        String.class,
                        named.stream().map(Redeeming.Named::code).toList())
                .bindArray(
                        "orders",
                        String.class,
                        named.stream().map(Redeeming.Named::orderId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        named.stream().map(Redeeming.Named::customerId).toList())
                .map((row, context) -> new Wanted(
                        row.getInt("merchant_id"),
                        row.getLong("id"),
                        row.getString("code"),
                        row.getString("order_id"),
                        row.getLong("customer_id"),
                        row.getString("used")))
                .list());
        var uses = new ArrayList<Redeeming.Named>();
        // one by one: a customer's two orders in one batch are two uses, and count against their limit in turn
        for (var one : wanted) {
            String use = one.used() == null && shared.begin(one.ask()) instanceof Issuing.Issued issued
                    ? issued.key()
                    : one.used();
            if (use != null) {
                var order = named.stream()
                        .filter(other -> other.merchantId() == one.merchantId()
                                && other.orderId().equals(one.orderId()))
                        .findFirst()
                        .orElseThrow();
                uses.add(new Redeeming.Named(one.merchantId(), one.customerId(), use, one.orderId(), order.at()));
            }
        }
        return uses;
    }

    private void giveBack(List<OrderChanged> returned) {
        if (returned.isEmpty()) {
            return;
        }
        // what was only held gives its piece back
        jdbi.withHandle(handle -> handle.createQuery(HELD)
                        .bindArray(
                                "merchants",
                                Integer.class,
                                returned.stream().map(OrderChanged::merchantId).toList())
                        .bindArray(
                                "orders",
                                String.class,
                                returned.stream().map(OrderChanged::externalId).toList())
                        .map((row, context) -> redeeming.find(row.getInt("merchant_id"), row.getString("code")))
                        .list())
                .forEach(shared::giveBack);
        jdbi.useHandle(handle -> handle.createUpdate(RETURN)
                .bindArray(
                        "merchants",
                        Integer.class,
                        returned.stream().map(OrderChanged::merchantId).toList())
                .bindArray(
                        "orders",
                        String.class,
                        returned.stream().map(OrderChanged::externalId).toList())
                .execute());
    }
}
