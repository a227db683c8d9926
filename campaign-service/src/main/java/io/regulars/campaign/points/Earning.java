package io.regulars.campaign.points;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.events.OrderChanged;
import io.regulars.kit.money.Money;
import org.jdbi.v3.core.Jdbi;

/// What orders earn: by what the customer keeps of each, at the multiplier of the tier held when it was first told.
/// Each version of an order posts the difference to the one before it.
@ApplicationScoped
public class Earning {

    private static final String HELD = """
            select o.merchant_id, o.order_id, o.customer_id, o.per_unit, o.multiplier, o.points from point_order o
            join unnest(:merchants::int[], :orders::bigint[]) as n (merchant_id, order_id) using (merchant_id, order_id)
            order by o.merchant_id, o.order_id for update of o
            """;

    private static final String TIERS = """
            select a.merchant_id, a.customer_id, a.tier from audience a
            join (select distinct * from unnest(:merchants::int[], :customers::bigint[])) as n (merchant_id, customer_id)
              using (merchant_id, customer_id)
            """;

    private static final String KEEP = """
            insert into point_order as o (merchant_id, order_id, customer_id, version, per_unit, multiplier, points)
            select * from unnest(:merchants::int[], :orders::bigint[], :customers::bigint[], :versions::bigint[],
              :perUnits::text[]::numeric[], :multipliers::text[]::numeric[], :points::bigint[])
            on conflict (merchant_id, order_id) do update set customer_id = excluded.customer_id,
              version = excluded.version, points = excluded.points
            where o.version < excluded.version
            """;

    private record OrderKey(int merchantId, long orderId) {}

    private record CustomerKey(int merchantId, long customerId) {}

    private record Held(long customerId, BigDecimal perUnit, BigDecimal multiplier, long points) {}

    private record Earned(OrderChanged order, BigDecimal perUnit, BigDecimal multiplier, long points) {}

    private final Jdbi jdbi;
    private final RuleBook rules;
    private final Shops shops;
    private final Ledger ledger;

    Earning(Jdbi jdbi, RuleBook rules, Shops shops, Ledger ledger) {
        this.jdbi = jdbi;
        this.rules = rules;
        this.shops = shops;
        this.ledger = ledger;
    }

    /// In the caller's transaction. Loaded history earns nothing, nor do orders from before there were rules.
    ///
    /// @param orders each another one, newer than what was known of it
    @Transactional(Transactional.TxType.MANDATORY)
    public void apply(List<OrderChanged> orders) {
        Map<Integer, RuleBook.Kept> kept =
                rules.of(orders.stream().map(OrderChanged::merchantId).collect(Collectors.toSet()));
        List<OrderChanged> earning = orders.stream()
                .filter(order -> kept.containsKey(order.merchantId()))
                .toList();
        if (earning.isEmpty()) {
            return;
        }
        Map<Integer, Shop> known = shops.findAll(kept.keySet());
        Map<OrderKey, Held> held = held(earning);
        Map<CustomerKey, String> tiers = tiers(earning);
        List<Posting> postings = new ArrayList<>();
        List<Earned> earned = new ArrayList<>();
        for (OrderChanged order : earning) {
            RuleBook.Kept rule = kept.get(order.merchantId());
            Shop shop = known.get(order.merchantId());
            Held before = held.get(new OrderKey(order.merchantId(), order.orderId()));
            boolean old = order.backfill() || order.orderedAt().isBefore(rule.since());
            if (shop == null || before == null && old) {
                continue;
            }
            BigDecimal multiplier = before != null
                    ? before.multiplier()
                    : rule.rules().multiplier(tiers.get(new CustomerKey(order.merchantId(), order.customerId())));
            BigDecimal perUnit =
                    before != null ? before.perUnit() : rule.rules().perUnit();
            long points = PointRules.points(kept(order), perUnit, multiplier, Money.digits(shop.currency()));
            earned.add(new Earned(order, perUnit, multiplier, points));
            post(postings, order, before, points, rule.rules());
        }
        keep(earned);
        ledger.post(postings);
    }

    /// Points of an order that is another customer's now go back as a whole.
    private static void post(List<Posting> postings, OrderChanged order, Held before, long points, PointRules rules) {
        long had = before == null ? 0 : before.points();
        if (before != null && before.customerId() != order.customerId()) {
            if (had > 0) {
                postings.add(posting(order, before.customerId(), Posting.Kind.TAKEN_BACK, had, "moved", rules));
            }
            had = 0;
        }
        if (points > had) {
            postings.add(posting(order, order.customerId(), Posting.Kind.EARNED, points - had, "", rules));
        } else if (points < had) {
            postings.add(posting(order, order.customerId(), Posting.Kind.TAKEN_BACK, had - points, "", rules));
        }
    }

    private static Posting posting(
            OrderChanged order, long customer, Posting.Kind kind, long points, String suffix, PointRules rules) {
        return new Posting(
                order.merchantId(),
                customer,
                kind,
                "order:" + order.orderId() + ":" + order.version() + suffix,
                order.externalId(),
                points,
                order.orderedAt(),
                kind.comes() ? rules.expiry(order.orderedAt()) : null);
    }

    private static long kept(OrderChanged order) {
        return order.status().counts()
                ? order.lines().stream()
                        .mapToLong(OrderChanged.Line::keptAmount)
                        .sum()
                : 0;
    }

    private Map<OrderKey, Held> held(List<OrderChanged> orders) {
        Map<OrderKey, Held> held = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(HELD)
                .bindArray(
                        "merchants",
                        Integer.class,
                        orders.stream().map(OrderChanged::merchantId).toList())
                .bindArray(
                        "orders",
                        Long.class,
                        orders.stream().map(OrderChanged::orderId).toList())
                .map((row, context) -> held.put(
                        new OrderKey(row.getInt("merchant_id"), row.getLong("order_id")),
                        new Held(
                                row.getLong("customer_id"),
                                row.getBigDecimal("per_unit"),
                                row.getBigDecimal("multiplier"),
                                row.getLong("points"))))
                .list());
        return held;
    }

    private Map<CustomerKey, String> tiers(List<OrderChanged> orders) {
        Map<CustomerKey, String> tiers = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(TIERS)
                .bindArray(
                        "merchants",
                        Integer.class,
                        orders.stream().map(OrderChanged::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        orders.stream().map(OrderChanged::customerId).toList())
                .map((row, context) -> tiers.put(
                        new CustomerKey(row.getInt("merchant_id"), row.getLong("customer_id")), row.getString("tier")))
                .list());
        return tiers;
    }

    private void keep(List<Earned> earned) {
        Set<Earned> all = Set.copyOf(earned);
        if (all.isEmpty()) {
            return;
        }
        List<Earned> sorted = all.stream()
                .sorted(java.util.Comparator.comparingInt(
                                (Earned one) -> one.order().merchantId())
                        .thenComparingLong(one -> one.order().orderId()))
                .toList();
        jdbi.useHandle(handle -> handle.createUpdate(KEEP)
                .bindArray(
                        "merchants",
                        Integer.class,
                        sorted.stream().map(one -> one.order().merchantId()).toList())
                .bindArray(
                        "orders",
                        Long.class,
                        sorted.stream().map(one -> one.order().orderId()).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        sorted.stream().map(one -> one.order().customerId()).toList())
                .bindArray(
                        "versions",
                        Long.class,
                        sorted.stream().map(one -> one.order().version()).toList())
                .bindArray(
                        "perUnits",
                        String.class,
                        sorted.stream()
                                .map(one -> one.perUnit().toPlainString())
                                .toList())
                .bindArray(
                        "multipliers",
                        String.class,
                        sorted.stream()
                                .map(one -> one.multiplier().toPlainString())
                                .toList())
                .bindArray(
                        "points",
                        Long.class,
                        sorted.stream().map(Earned::points).toList())
                .execute());
    }
}
