package io.regulars.scoring.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.OrderChanged;
import io.regulars.scoring.history.Touched.Purchased;
import io.regulars.scoring.rows.Columns;
import org.jdbi.v3.core.Jdbi;

/// The orders and their lines, as rows.
@ApplicationScoped
class OrderRows {

    private static final String HELD = """
            select order_id, customer_id, version from purchase_order
            where merchant_id = :merchant and order_id = any(:orders)
            """;

    private static final String UPSERT = """
            insert into purchase_order as o (merchant_id, customer_id, order_id, version, status, ordered_at,
              big_promotion, counted, day, amount)
            select :merchant, customer_id, order_id, version, status, ordered_at, big_promotion, counted, day, amount
            from unnest(:customers::bigint[], :orders::bigint[], :versions::bigint[], :statuses::text[],
                :ordered::text[]::timestamptz[], :promotions::text[]::boolean[], :counted::text[]::boolean[],
                :days::int[], :amounts::bigint[])
              as new_order (customer_id, order_id, version, status, ordered_at, big_promotion, counted, day, amount)
            on conflict (merchant_id, order_id) do update set customer_id = excluded.customer_id,
              version = excluded.version, status = excluded.status, ordered_at = excluded.ordered_at,
              big_promotion = excluded.big_promotion, counted = excluded.counted, day = excluded.day,
              amount = excluded.amount
            where o.version < excluded.version
            returning new.order_id, new.customer_id, new.counted, new.day, new.amount, new.big_promotion,
              old.customer_id as was_customer_id, old.counted as was_counted, old.day as was_day,
              old.amount as was_amount, old.big_promotion as was_big_promotion
            """;

    private static final String DELETE_LINES = """
            delete from order_line l
            using unnest(:customers::bigint[], :orders::bigint[]) as gone (customer_id, order_id)
            where l.merchant_id = :merchant and l.customer_id = gone.customer_id and l.order_id = gone.order_id
            returning l.customer_id, l.order_id, l.product_code, l.category, l.kept_quantity
            """;

    private static final String INSERT_LINES = """
            insert into order_line (merchant_id, customer_id, order_id, line_no, product_code, product_name, category,
              kept_quantity, kept_amount)
            select :merchant, * from unnest(:customers::bigint[], :orders::bigint[], :lines::int[], :codes::text[],
              :names::text[], :categories::text[], :quantities::bigint[], :amounts::bigint[])
            """;

    /// An order as it is held.
    record Held(long customerId, long version) {}

    /// An order that became newer, with what it counted for before.
    record Applied(
            long orderId,
            long customerId,
            boolean counted,
            int day,
            long amount,
            boolean bigPromotion,
            Long wasCustomerId,
            boolean wasCounted,
            int wasDay,
            long wasAmount,
            boolean wasBigPromotion) {

        boolean existed() {
            return wasCustomerId != null;
        }

        HistoryRows.Difference added() {
            return new HistoryRows.Difference(
                    customerId, day, 1, amount, bigPromotion ? 1 : 0, bigPromotion ? amount : 0);
        }

        HistoryRows.Difference takenAway() {
            return new HistoryRows.Difference(
                    wasCustomerId, wasDay, -1, -wasAmount, wasBigPromotion ? -1 : 0, wasBigPromotion ? -wasAmount : 0);
        }
    }

    private record Line(OrderChanged order, OrderChanged.Line line) {}

    private final Jdbi jdbi;

    OrderRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Map<Long, Held> held(int merchant, List<OrderChanged> events) {
        var held = new HashMap<Long, Held>();
        jdbi.useHandle(handle -> Columns.of(handle.createQuery(HELD).bind("merchant", merchant), events)
                .longs("orders", OrderChanged::orderId)
                .bound()
                .map((row, context) ->
                        held.put(row.getLong("order_id"), new Held(row.getLong("customer_id"), row.getLong("version"))))
                .list());
        return held;
    }

    List<Applied> upsert(int merchant, List<OrderChanged> events, Shop shop) {
        var contributions = new HashMap<Long, Contribution>();
        events.forEach(event -> contributions.put(
                event.orderId(), Contribution.of(event.status(), event.orderedAt(), OrderBook.kept(event), shop)));
        return jdbi.withHandle(handle -> Columns.of(handle.createQuery(UPSERT).bind("merchant", merchant), events)
                .longs("customers", OrderChanged::customerId)
                .longs("orders", OrderChanged::orderId)
                .longs("versions", OrderChanged::version)
                .texts("statuses", OrderChanged::status)
                .texts("ordered", OrderChanged::orderedAt)
                .texts("promotions", OrderChanged::bigPromotion)
                .texts("counted", event -> contributions.get(event.orderId()).counted())
                .ints("days", event -> contributions.get(event.orderId()).day())
                .longs("amounts", event -> contributions.get(event.orderId()).amount())
                .bound()
                .map((row, context) -> applied(row))
                .list());
    }

    /// A line that an order no longer has.
    record Gone(long customerId, long orderId, String productCode, String category, long keptQuantity) {

        Purchased purchased() {
            return new Purchased(customerId, productCode);
        }
    }

    /// The lines of the applied orders become those of their events.
    ///
    /// @return the lines that are gone
    List<Gone> replaceLines(int merchant, List<Applied> applied, Map<Long, OrderChanged> events) {
        var existing = applied.stream().filter(Applied::existed).toList();
        var lines = applied.stream()
                .map(order -> events.get(order.orderId()))
                .flatMap(event -> event.lines().stream().map(line -> new Line(event, line)))
                .toList();
        return jdbi.withHandle(handle -> {
            var gone = existing.isEmpty()
                    ? List.<Gone>of()
                    : Columns.of(handle.createQuery(DELETE_LINES).bind("merchant", merchant), existing)
                            .longs("customers", Applied::wasCustomerId)
                            .longs("orders", Applied::orderId)
                            .bound()
                            .map((row, context) -> new Gone(
                                    row.getLong("customer_id"),
                                    row.getLong("order_id"),
                                    row.getString("product_code"),
                                    row.getString("category"),
                                    row.getLong("kept_quantity")))
                            .list();
            Columns.of(handle.createUpdate(INSERT_LINES).bind("merchant", merchant), lines)
                    .longs("customers", line -> line.order().customerId())
                    .longs("orders", line -> line.order().orderId())
                    .ints("lines", line -> line.line().lineNo())
                    .texts("codes", line -> line.line().productCode())
                    .texts("names", line -> line.line().productName())
                    .texts("categories", line -> line.line().category())
                    .longs("quantities", line -> line.line().keptQuantity())
                    .longs("amounts", line -> line.line().keptAmount())
                    .bound()
                    .execute();
            return gone;
        });
    }

    private static Applied applied(ResultSet row) throws SQLException {
        return new Applied(
                row.getLong("order_id"),
                row.getLong("customer_id"),
                row.getBoolean("counted"),
                row.getInt("day"),
                row.getLong("amount"),
                row.getBoolean("big_promotion"),
                row.getObject("was_customer_id", Long.class),
                row.getBoolean("was_counted"),
                row.getInt("was_day"),
                row.getLong("was_amount"),
                row.getBoolean("was_big_promotion"));
    }
}
