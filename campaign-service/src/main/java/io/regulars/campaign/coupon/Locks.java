package io.regulars.campaign.coupon;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.OrderChanged;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// Everybody who works with coupons locks in one order, so that no two wait for each other: enrolments, budgets
/// of coupons, orders, coupons, codes, balances of points; orders by their hash, coupons by merchant and id,
/// codes by merchant and code. Whoever asks for one coupon or code in a transaction keeps to it by itself; a
/// batch of orders takes all of a kind at once, here, before it changes any.
@ApplicationScoped
class Locks {

    private static final String ORDERS = """
            select pg_advisory_xact_lock(merchant_id, key) from (
              select distinct merchant_id, hashtext('order ' || order_id) as key
              from unnest(:merchants::int[], :orders::text[]) as o (merchant_id, order_id) order by 1, 2) as sorted
            """;

    /// Those whose shared code an order names, and those of which an order that is given back holds a piece.
    private static final String COUPONS = """
            select from coupon c where (c.merchant_id, c.id) in (
              select s.merchant_id, s.id from unnest(:merchants::int[], :codes::text[]) as n (merchant_id, code)
              join coupon s on s.merchant_id = n.merchant_id and s.shared_key = n.code
              union
              select h.merchant_id, h.id from unnest(:returners::int[], :orders::text[]) as o (merchant_id, order_id)
              join coupon_code k on k.merchant_id = o.merchant_id and k.order_id = o.order_id and k.state = 'reserved'
              join coupon h on h.merchant_id = k.merchant_id and h.id = k.coupon_id and h.codes = 'shared')
            order by c.merchant_id, c.id for no key update
            """;

    private static final String CODES = """
            select from coupon_code k where (k.merchant_id, k.code) in (
              select merchant_id, code from unnest(:merchants::int[], :codes::text[]) as n (merchant_id, code)
              union
              select u.merchant_id, u.code from unnest(:returners::int[], :orders::text[]) as o (merchant_id, order_id)
              join coupon_code u on u.merchant_id = o.merchant_id and u.order_id = o.order_id)
            order by k.merchant_id, k.code for no key update
            """;

    private final Jdbi jdbi;

    Locks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void orders(List<OrderChanged> orders) {
        jdbi.useHandle(handle -> handle.createQuery(ORDERS)
                .bindArray(
                        "merchants",
                        Integer.class,
                        orders.stream().map(OrderChanged::merchantId).toList())
                .bindArray(
                        "orders",
                        String.class,
                        orders.stream().map(OrderChanged::externalId).toList())
                .map((row, context) -> true)
                .list());
    }

    void coupons(List<Redeeming.Named> named, List<OrderChanged> returned) {
        lock(COUPONS, named, returned);
    }

    void codes(List<Redeeming.Named> named, List<OrderChanged> returned) {
        lock(CODES, named, returned);
    }

    private void lock(String sql, List<Redeeming.Named> named, List<OrderChanged> returned) {
        jdbi.useHandle(handle -> {
            Query query = handle.createQuery(sql)
                    .bindArray(
                            "merchants",
                            Integer.class,
                            named.stream().map(Redeeming.Named::merchantId).toList())
                    .bindArray(
                            "codes",
                            String.class,
                            named.stream().map(Redeeming.Named::code).toList())
                    .bindArray(
                            "returners",
                            Integer.class,
                            returned.stream().map(OrderChanged::merchantId).toList())
                    .bindArray(
                            "orders",
                            String.class,
                            returned.stream().map(OrderChanged::externalId).toList());
            query.map((row, context) -> true).list();
        });
    }
}
