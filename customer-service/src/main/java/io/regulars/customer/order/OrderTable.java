package io.regulars.customer.order;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.regulars.customer.rows.Columns;
import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Jdbi;

/// The rows of `customer_order` and `order_line`, many at a time.
@Singleton
class OrderTable {

    /// Writers of one customer's orders take turns: netting reads all of them. In the order of the ids, like
    /// every lock on customers.
    private static final String LOCK_CUSTOMERS = """
            select customer_id from customer
            where merchant_id = :merchant and customer_id = any(:customers) order by customer_id for no key update
            """;

    /// The documents with their lines, each as one JSON text; takes `merchant`.
    private static final String WITH_LINES = """
            select to_json(d) from (
              select o.*, (
                select json_agg(l order by l.line_no) from order_line l
                where l.merchant_id = o.merchant_id and l.customer_id = o.customer_id and l.order_id = o.order_id
              ) as lines
              from customer_order o
              where o.merchant_id = :merchant and %s) d
            """;

    private static final String BY_EXTERNAL_IDS = WITH_LINES.formatted("o.external_id = any(:externalIds)");

    private static final String OF_CUSTOMERS = WITH_LINES.formatted("o.customer_id = any(:customers)");

    private static final String BY_ID = WITH_LINES.formatted("o.order_id = :order");

    private static final String LIST = WITH_LINES.formatted("""
            o.order_id > :after and (:customer::bigint is null or o.customer_id = :customer)
            order by o.order_id limit :limit
            """);

    private static final String NEXT_IDS = "select nextval('order_id_seq') from generate_series(1, :count)";

    private static final Columns<CustomerOrder> ORDERS = new Columns<CustomerOrder>()
            .number("merchant_id", CustomerOrder::merchantId)
            .number("customer_id", CustomerOrder::customerId)
            .number("order_id", CustomerOrder::orderId)
            .number("version", CustomerOrder::version)
            .text("external_id", CustomerOrder::externalId)
            .typed("declared_status", "order_status", CustomerOrder::declaredStatus)
            .typed("status", "order_status", CustomerOrder::status)
            .typed("ordered_at", "timestamptz", CustomerOrder::orderedAt)
            .typed("updated_at", "timestamptz", CustomerOrder::updatedAt)
            .text("channel", CustomerOrder::channel)
            .typed("big_promotion", "boolean", CustomerOrder::bigPromotion)
            .number("refunded_amount", CustomerOrder::refundedAmount)
            .typed("coupon_codes", "json", order -> Rows.writeOne(order.couponCodes()))
            .typed("backfill", "boolean", CustomerOrder::backfill)
            .typed("created_at", "timestamptz", CustomerOrder::createdAt)
            .typed("changed_at", "timestamptz", CustomerOrder::changedAt);

    private static final Columns<LinedTable.LineOf<CustomerOrder, OrderLine>> LINES = new Columns<
                    LinedTable.LineOf<CustomerOrder, OrderLine>>()
            .number("merchant_id", of -> of.document().merchantId())
            .number("customer_id", of -> of.document().customerId())
            .number("order_id", of -> of.document().orderId())
            .number("line_no", of -> of.line().lineNo())
            .text("product_code", of -> of.line().productCode())
            .text("product_name", of -> of.line().productName())
            .text("category", of -> of.line().category())
            .number("quantity", of -> of.line().quantity())
            .typed("unit_price", "numeric", of -> of.line().unitPrice())
            .number("discount", of -> of.line().discount())
            .number("amount", of -> of.line().amount())
            .number("returned_quantity", of -> of.line().returnedQuantity())
            .number("kept_quantity", of -> of.line().keptQuantity())
            .number("kept_amount", of -> of.line().keptAmount());

    private static final String COUPON_CODES = "array(select json_array_elements_text(r.coupon_codes))";

    private static final String INSERT = """
            insert into customer_order (
              merchant_id, customer_id, order_id, version, external_id, declared_status, status, ordered_at, updated_at,
              channel, big_promotion, refunded_amount, coupon_codes, backfill, created_at, changed_at)
            select merchant_id, customer_id, order_id, version, external_id, declared_status, status, ordered_at,
              updated_at, channel, big_promotion, refunded_amount, %s, backfill, created_at, changed_at
            from %s
            """.formatted(COUPON_CODES, ORDERS.as("r"));

    private static final String UPDATE = """
            update customer_order o set
              version = r.version, declared_status = r.declared_status, status = r.status, ordered_at = r.ordered_at,
              updated_at = r.updated_at, channel = r.channel, big_promotion = r.big_promotion,
              refunded_amount = r.refunded_amount, coupon_codes = %s, backfill = r.backfill, changed_at = r.changed_at
            from %s
            where o.merchant_id = :merchant and o.customer_id = r.customer_id and o.order_id = r.order_id
            """.formatted(COUPON_CODES, ORDERS.as("r"));

    private static final String DELETE_LINES = """
            delete from order_line l using unnest(:customers::bigint[], :ids::bigint[]) as o (customer_id, order_id)
            where l.merchant_id = :merchant and l.customer_id = o.customer_id and l.order_id = o.order_id
            """;

    private static final String INSERT_LINES = """
            insert into order_line (
              merchant_id, customer_id, order_id, line_no, product_code, product_name, category, quantity, unit_price,
              discount, amount, returned_quantity, kept_quantity, kept_amount)
            select * from %s
            """.formatted(LINES.as("l"));

    private final Jdbi jdbi;
    private final LinedTable<CustomerOrder, OrderLine> rows;

    OrderTable(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.rows = new LinedTable<>(
                jdbi,
                CustomerOrder.class,
                CustomerOrder::customerId,
                CustomerOrder::orderId,
                CustomerOrder::lines,
                ORDERS,
                LINES,
                new LinedTable.Sql(NEXT_IDS, INSERT, UPDATE, DELETE_LINES, INSERT_LINES));
    }

    void lockCustomers(int merchant, Collection<Long> customers) {
        jdbi.useHandle(handle -> handle.createQuery(LOCK_CUSTOMERS)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, customers.toArray())
                .mapTo(Long.class)
                .list());
    }

    List<CustomerOrder> find(int merchant, Collection<String> externalIds) {
        return rows.query(BY_EXTERNAL_IDS, merchant, "externalIds", String.class, externalIds);
    }

    List<CustomerOrder> ofCustomers(int merchant, Collection<Long> customers) {
        return rows.query(OF_CUSTOMERS, merchant, "customers", Long.class, customers);
    }

    Optional<CustomerOrder> find(int merchant, long order) {
        return rows.query(BY_ID, merchant, query -> query.bind("order", order)).stream()
                .findFirst();
    }

    List<CustomerOrder> list(int merchant, Long customer, long after, int limit) {
        return rows.query(
                LIST,
                merchant,
                query -> query.bind("customer", customer).bind("after", after).bind("limit", limit));
    }

    List<Long> nextIds(int count) {
        return rows.nextIds(count);
    }

    void insert(List<CustomerOrder> orders) {
        rows.insert(orders);
    }

    void update(int merchant, List<CustomerOrder> orders) {
        rows.update(merchant, orders);
    }
}
