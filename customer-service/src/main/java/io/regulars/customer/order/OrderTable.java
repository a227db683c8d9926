package io.regulars.customer.order;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

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

    private static final String WITH_LINES = """
            select to_jsonb(o) || jsonb_build_object('lines', (
              select jsonb_agg(to_jsonb(l) order by l.line_no) from order_line l
              where l.merchant_id = o.merchant_id and l.customer_id = o.customer_id and l.order_id = o.order_id))
            from customer_order o
            where o.merchant_id = :merchant
            """;

    private static final String BY_EXTERNAL_IDS = WITH_LINES + " and o.external_id = any(:externalIds)";

    private static final String OF_CUSTOMERS = WITH_LINES + " and o.customer_id = any(:customers)";

    private static final String BY_ID = WITH_LINES + " and o.order_id = :order";

    private static final String LIST = WITH_LINES + """
             and o.order_id > :after and (:customer::bigint is null or o.customer_id = :customer)
            order by o.order_id limit :limit
            """;

    private static final String NEXT_IDS = "select nextval('order_id_seq') from generate_series(1, :count)";

    private static final String COLUMNS = """
            merchant_id, customer_id, order_id, version, external_id, declared_status, status, ordered_at, updated_at,
            channel, big_promotion, refunded_amount, coupon_codes, backfill, created_at, changed_at
            """;

    private static final String ROWS = """
            jsonb_to_recordset(:rows::jsonb) as r (
              merchant_id int, customer_id bigint, order_id bigint, version bigint, external_id text,
              declared_status order_status, status order_status, ordered_at timestamptz, updated_at timestamptz,
              channel text, big_promotion boolean, refunded_amount bigint, coupon_codes text[], backfill boolean,
              created_at timestamptz, changed_at timestamptz)
            """;

    private static final String INSERT =
            "insert into customer_order (" + COLUMNS + ") select " + COLUMNS + " from " + ROWS;

    private static final String UPDATE = """
            update customer_order o set
              version = r.version, declared_status = r.declared_status, status = r.status, ordered_at = r.ordered_at,
              updated_at = r.updated_at, channel = r.channel, big_promotion = r.big_promotion,
              refunded_amount = r.refunded_amount, coupon_codes = r.coupon_codes, backfill = r.backfill,
              changed_at = r.changed_at
            from
            """ + ROWS
            + "where o.merchant_id = :merchant and o.customer_id = r.customer_id and o.order_id = r.order_id";

    private static final String DELETE_LINES = """
            delete from order_line l using unnest(:customers::bigint[], :ids::bigint[]) as o (customer_id, order_id)
            where l.merchant_id = :merchant and l.customer_id = o.customer_id and l.order_id = o.order_id
            """;

    private static final String INSERT_LINES = """
            insert into order_line (
              merchant_id, customer_id, order_id, line_no, product_code, product_name, category, quantity, unit_price,
              discount, amount, returned_quantity, kept_quantity, kept_amount)
            select o.merchant_id, o.customer_id, o.order_id, l.line_no, l.product_code, l.product_name, l.category,
              l.quantity, l.unit_price, l.discount, l.amount, l.returned_quantity, l.kept_quantity, l.kept_amount
            from jsonb_to_recordset(:rows::jsonb) as o (
              merchant_id int, customer_id bigint, order_id bigint, lines jsonb)
            cross join lateral jsonb_to_recordset(o.lines) as l (
              line_no int, product_code text, product_name text, category text, quantity bigint, unit_price numeric,
              discount bigint, amount bigint, returned_quantity bigint, kept_quantity bigint, kept_amount bigint)
            """;

    private final Jdbi jdbi;
    private final LinedTable<CustomerOrder> rows;

    OrderTable(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.rows = new LinedTable<>(
                jdbi,
                CustomerOrder.class,
                CustomerOrder::customerId,
                CustomerOrder::orderId,
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
