package io.regulars.campaign.occasion;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.regulars.events.OrderChanged;
import io.regulars.events.OrderChanged.Status;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// Each order as it was last told, so that what became of it is seen.
@ApplicationScoped
public class Orders {

    /// An order's key among all merchants'.
    public record Key(int merchantId, long customerId, long orderId) {

        public static Key of(OrderChanged order) {
            return new Key(order.merchantId(), order.customerId(), order.orderId());
        }
    }

    /// An order as it is told now.
    ///
    /// @param before its status until now; null where it is not known
    public record Passed(OrderChanged order, Status before) {}

    private static final String HELD = """
            select o.merchant_id, o.customer_id, o.order_id, o.status from order_state o
            join unnest(:merchants::int[], :customers::bigint[], :orders::bigint[])
              as k (merchant_id, customer_id, order_id)
              on o.merchant_id = k.merchant_id and o.customer_id = k.customer_id and o.order_id = k.order_id
            """;

    private static final String APPLY = """
            insert into order_state (merchant_id, customer_id, order_id, version, external_id, status, ordered_at,
              products)
            select merchant_id, customer_id, order_id, version, external_id, status, ordered_at,
              array(select jsonb_array_elements_text(products))
            from jsonb_to_recordset(:rows::jsonb) as r (merchant_id int, customer_id bigint, order_id bigint,
              version bigint, external_id text, status text, ordered_at timestamptz, products jsonb)
            order by merchant_id, customer_id, order_id
            on conflict (merchant_id, customer_id, order_id) do update set version = excluded.version,
              external_id = excluded.external_id, status = excluded.status, ordered_at = excluded.ordered_at,
              products = excluded.products
            where order_state.version < excluded.version
            """;

    /// An order of before this table was made has no status, and is one that counted.
    private static final String FIRST = """
            select k.merchant_id, k.customer_id, k.order_id
            from unnest(:merchants::int[], :customers::bigint[], :orders::bigint[])
              as k (merchant_id, customer_id, order_id)
            join order_state o
              on o.merchant_id = k.merchant_id and o.customer_id = k.customer_id and o.order_id = k.order_id
            where not exists (select from order_state e
              where e.merchant_id = o.merchant_id and e.customer_id = o.customer_id
                and (e.ordered_at, e.order_id) < (o.ordered_at, o.order_id)
                and (e.status is null or e.status in ('PAID', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'PART_REFUNDED')))
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    Orders(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// In the caller's transaction.
    ///
    /// @param newer orders that are newer than what was held, which the caller's transaction has seen to
    public List<Passed> apply(List<OrderChanged> newer) {
        if (newer.isEmpty()) {
            return List.of();
        }
        List<Key> keys = newer.stream().map(Key::of).toList();
        Map<Key, Status> held = held(keys);
        jdbi.useHandle(handle ->
                handle.createUpdate(APPLY).bind("rows", rows(newer).toString()).execute());
        return newer.stream()
                .map(order -> new Passed(order, held.get(Key.of(order))))
                .toList();
    }

    /// Those that no order of their customer came before, but one that does not count.
    public Set<Key> firsts(Collection<Key> keys) {
        return jdbi.withHandle(handle -> bind(handle.createQuery(FIRST), List.copyOf(keys))
                .map((row, context) -> new Key(row.getInt(1), row.getLong(2), row.getLong(3)))
                .set());
    }

    /// The status of each order that is known; null where that is not.
    public Map<Key, Status> held(Collection<Key> keys) {
        return jdbi.withHandle(handle -> {
            Map<Key, Status> held = new HashMap<>();
            bind(handle.createQuery(HELD), List.copyOf(keys))
                    .map((row, context) -> held.put(
                            new Key(row.getInt(1), row.getLong(2), row.getLong(3)),
                            row.getString(4) == null ? null : Status.valueOf(row.getString(4))))
                    .list();
            return held;
        });
    }

    private static Query bind(Query query, List<Key> keys) {
        return query.bindArray(
                        "merchants",
                        Integer.class,
                        keys.stream().map(Key::merchantId).toList())
                .bindArray(
                        "customers",
                        Long.class,
                        keys.stream().map(Key::customerId).toList())
                .bindArray("orders", Long.class, keys.stream().map(Key::orderId).toList());
    }

    private ArrayNode rows(List<OrderChanged> orders) {
        ArrayNode rows = json.createArrayNode();
        orders.forEach(order -> rows.addObject()
                .put("merchant_id", order.merchantId())
                .put("customer_id", order.customerId())
                .put("order_id", order.orderId())
                .put("version", order.version())
                .put("external_id", order.externalId())
                .put("status", order.status().name())
                .put("ordered_at", order.orderedAt().toString())
                .set(
                        "products",
                        json.valueToTree(order.lines().stream()
                                .map(OrderChanged.Line::productCode)
                                .filter(code -> code != null)
                                .distinct()
                                .toList())));
        return rows;
    }
}
