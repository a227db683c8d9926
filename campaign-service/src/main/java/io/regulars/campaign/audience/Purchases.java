package io.regulars.campaign.audience;

import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.regulars.events.OrderChanged;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Applies what each order left the customer with.
@ApplicationScoped
public class Purchases {

    private static final String ROWS = """
            unnest(:merchants::int[], :customers::bigint[], :orders::bigint[], :versions::bigint[],
                :externals::text[], :placedAts::timestamptz[], :kepts::bigint[])
              as o (merchant_id, customer_id, order_id, version, external_id, placed_at, kept)
            """;

    /// The ids of those that are newer than what is held.
    private static final String NEWER = """
            insert into purchase_order (merchant_id, customer_id, order_id, version, external_id, placed_at, kept)
            select * from\s""" + ROWS + """
            order by 1, 2, 3
            on conflict (merchant_id, customer_id, order_id) do update set version = excluded.version,
              external_id = excluded.external_id, placed_at = excluded.placed_at, kept = excluded.kept
            where purchase_order.version < excluded.version
            returning merchant_id, customer_id, order_id
            """;

    /// Rows from before more than the version was kept learn the rest when the topic is read again, which makes
    /// no news of them.
    private static final String COMPLETE = """
            update purchase_order p set external_id = o.external_id, placed_at = o.placed_at, kept = o.kept
            from\s""" + ROWS + """
            where p.merchant_id = o.merchant_id and p.customer_id = o.customer_id and p.order_id = o.order_id
              and p.version = o.version and p.placed_at is null
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
            insert into purchase (merchant_id, customer_id, order_id, product_code, category, ordered_at, quantity, amount)
            select merchant_id, customer_id, order_id, product_code, max(category), ordered_at, sum(quantity), sum(amount)
            from jsonb_to_recordset(:lines::jsonb) as l (merchant_id int, customer_id bigint, order_id bigint,
              product_code text, category text, ordered_at timestamptz, quantity bigint, amount bigint)
            group by merchant_id, customer_id, order_id, product_code, ordered_at
            on conflict (merchant_id, customer_id, order_id, product_code) do update set
              category = excluded.category, ordered_at = excluded.ordered_at, quantity = excluded.quantity,
              amount = excluded.amount
            """;

    /// Likewise the rows from before amounts were kept, of the version that is held.
    private static final String PRICE = """
            update purchase p set amount = l.amount
            from (
              select merchant_id, customer_id, order_id, version, product_code, sum(amount) as amount
              from jsonb_to_recordset(:lines::jsonb) as l (merchant_id int, customer_id bigint, order_id bigint,
                version bigint, product_code text, amount bigint)
              group by merchant_id, customer_id, order_id, version, product_code) l
            join purchase_order o on o.merchant_id = l.merchant_id and o.customer_id = l.customer_id
              and o.order_id = l.order_id and o.version = l.version
            where p.merchant_id = l.merchant_id and p.customer_id = l.customer_id and p.order_id = l.order_id
              and p.product_code = l.product_code and p.amount is null
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
            var changed = bind(handle.createQuery(NEWER), orders)
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
            if (newer.size() < orders.size()) {
                bind(handle.createUpdate(COMPLETE), orders).execute();
                handle.createUpdate(PRICE)
                        .bind("lines", lines(orders).toString())
                        .execute();
            }
            return newer;
        });
    }

    private static <S extends SqlStatement<S>> S bind(S statement, List<OrderChanged> orders) {
        bind(statement, "merchants", Integer.class, orders, OrderChanged::merchantId);
        bind(statement, "customers", Long.class, orders, OrderChanged::customerId);
        bind(statement, "orders", Long.class, orders, OrderChanged::orderId);
        bind(statement, "versions", Long.class, orders, OrderChanged::version);
        bind(statement, "externals", String.class, orders, OrderChanged::externalId);
        bind(
                statement,
                "placedAts",
                String.class,
                orders,
                order -> order.orderedAt().toString());
        bind(statement, "kepts", Long.class, orders, Purchases::kept);
        return statement;
    }

    private static <T> void bind(
            SqlStatement<?> statement,
            String name,
            Class<T> type,
            List<OrderChanged> orders,
            Function<OrderChanged, T> column) {
        statement.bindArray(name, type, orders.stream().map(column).toList());
    }

    /// What the order is worth now; null where it is no purchase.
    private static Long kept(OrderChanged order) {
        boolean purchase = order.status().counts() && order.lines().stream().anyMatch(line -> line.keptQuantity() > 0);
        return purchase
                ? (Long) order.lines().stream()
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
                                .put("version", order.version())
                                .put("quantity", line.keptQuantity())
                                .put("amount", line.keptAmount())));
        return rows;
    }
}
