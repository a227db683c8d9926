package io.regulars.campaign.audience;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.regulars.events.OrderChanged;
import org.jdbi.v3.core.Jdbi;

/// Applies what each order left the customer with.
@ApplicationScoped
public class Purchases {

    /// The ids of those that are newer than what is held.
    private static final String NEWER = """
            insert into purchase_order (merchant_id, customer_id, order_id, version, placed_at, kept)
            select * from unnest(:merchants::int[], :customers::bigint[], :orders::bigint[], :versions::bigint[],
                :placedAts::timestamptz[], :kepts::bigint[])
              as o (merchant_id, customer_id, order_id, version, placed_at, kept)
            order by 1, 2, 3
            on conflict (merchant_id, customer_id, order_id) do update set version = excluded.version,
              placed_at = excluded.placed_at, kept = excluded.kept
            where purchase_order.version < excluded.version
            returning merchant_id, customer_id, order_id
            """;

    /// One product can stand on several lines of an order.
    private static final String REPLACE = """
            with gone as (
              delete from purchase p
              using jsonb_to_recordset(:orders::jsonb) as o (merchant_id int, customer_id bigint, order_id bigint)
              where p.merchant_id = o.merchant_id and p.customer_id = o.customer_id and p.order_id = o.order_id
                and not exists (select from jsonb_to_recordset(:lines::jsonb)
                  as l (merchant_id int, order_id bigint, product_code text)
                  where l.merchant_id = p.merchant_id and l.order_id = p.order_id and l.product_code = p.product_code)
            )
            insert into purchase (merchant_id, customer_id, order_id, product_code, category, ordered_at, quantity)
            select merchant_id, customer_id, order_id, product_code, max(category), ordered_at, sum(quantity)
            from jsonb_to_recordset(:lines::jsonb) as l (merchant_id int, customer_id bigint, order_id bigint,
              product_code text, category text, ordered_at timestamptz, quantity bigint)
            group by merchant_id, customer_id, order_id, product_code, ordered_at
            on conflict (merchant_id, customer_id, order_id, product_code) do update set
              category = excluded.category, ordered_at = excluded.ordered_at, quantity = excluded.quantity
            """;

    private record OrderKey(int merchantId, long customerId, long orderId) {}

    private final Jdbi jdbi;
    private final ObjectMapper json;

    Purchases(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// Those of the orders that were newer than what was held.
    public List<OrderChanged> apply(List<OrderChanged> orders) {
        return jdbi.withHandle(handle -> {
            var changed = handle.createQuery(NEWER)
                    .bindArray(
                            "merchants",
                            Integer.class,
                            orders.stream().map(OrderChanged::merchantId).toList())
                    .bindArray(
                            "customers",
                            Long.class,
                            orders.stream().map(OrderChanged::customerId).toList())
                    .bindArray(
                            "orders",
                            Long.class,
                            orders.stream().map(OrderChanged::orderId).toList())
                    .bindArray(
                            "versions",
                            Long.class,
                            orders.stream().map(OrderChanged::version).toList())
                    .bindArray(
                            "placedAts",
                            String.class,
                            orders.stream()
                                    .map(order -> order.orderedAt().toString())
                                    .toList())
                    .bindArray(
                            "kepts",
                            Long.class,
                            orders.stream().map(Purchases::kept).toList())
                    .map((row, context) -> new OrderKey(row.getInt(1), row.getLong(2), row.getLong(3)))
                    .set();
            List<OrderChanged> newer = orders.stream()
                    .filter(order ->
                            changed.contains(new OrderKey(order.merchantId(), order.customerId(), order.orderId())))
                    .toList();
            if (!newer.isEmpty()) {
                handle.createUpdate(REPLACE)
                        .bind("orders", keys(newer).toString())
                        .bind("lines", lines(newer).toString())
                        .execute();
            }
            return newer;
        });
    }

    /// What the order is worth now; null where it is no purchase.
    private static Long kept(OrderChanged order) {
        return order.status().counts()
                ? order.lines().stream()
                        .mapToLong(OrderChanged.Line::keptAmount)
                        .sum()
                : null;
    }

    private ArrayNode keys(List<OrderChanged> orders) {
        ArrayNode rows = json.createArrayNode();
        orders.forEach(order -> rows.addObject()
                .put("merchant_id", order.merchantId())
                .put("customer_id", order.customerId())
                .put("order_id", order.orderId()));
        return rows;
    }

    private ArrayNode lines(List<OrderChanged> orders) {
        ArrayNode rows = json.createArrayNode();
        orders.stream()
                .filter(order -> order.status().counts())
                .forEach(order -> order.lines().stream()
                        .filter(line -> line.keptQuantity() > 0 && line.productCode() != null)
                        .forEach(line -> rows.addObject()
                                .put("merchant_id", order.merchantId())
                                .put("customer_id", order.customerId())
                                .put("order_id", order.orderId())
                                .put("product_code", line.productCode())
                                .put("category", line.category())
                                .put("ordered_at", order.orderedAt().toString())
                                .put("quantity", line.keptQuantity())));
        return rows;
    }
}
