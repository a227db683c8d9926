package io.regulars.customer.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.jdbi.v3.core.Jdbi;

/// The rows of `order_return` and its lines, many at a time.
@Singleton
class ReturnTable {

    private static final String WITH_LINES = """
            select to_jsonb(o) || jsonb_build_object('lines', (
              select jsonb_agg(to_jsonb(l) order by l.line_no) from order_return_line l
              where l.merchant_id = o.merchant_id and l.customer_id = o.customer_id and l.return_id = o.return_id))
            from order_return o
            where o.merchant_id = :merchant
            """;

    private static final String BY_EXTERNAL_IDS = WITH_LINES + " and o.external_id = any(:externalIds)";

    private static final String OF_CUSTOMERS = WITH_LINES + " and o.customer_id = any(:customers)";

    private static final String BY_ID = WITH_LINES + " and o.return_id = :id";

    private static final String LIST = WITH_LINES + """
             and o.return_id > :after and (:customer::bigint is null or o.customer_id = :customer)
            order by o.return_id limit :limit
            """;

    private static final String LATEST = """
            select customer_id, max(returned_at) from order_return
            where merchant_id = :merchant and customer_id = any(:customers) group by customer_id
            """;

    private static final String NEXT_IDS = "select nextval('return_id_seq') from generate_series(1, :count)";

    private static final String COLUMNS = """
            merchant_id, customer_id, return_id, version, external_id, returned_at, unmatched_amount, created_at,
            changed_at
            """;

    private static final String ROWS = """
            jsonb_to_recordset(:rows::jsonb) as r (
              merchant_id int, customer_id bigint, return_id bigint, version bigint, external_id text,
              returned_at timestamptz, unmatched_amount bigint, created_at timestamptz, changed_at timestamptz)
            """;

    private static final String INSERT =
            "insert into order_return (" + COLUMNS + ") select " + COLUMNS + " from " + ROWS;

    private static final String UPDATE = """
            update order_return o set
              version = r.version, returned_at = r.returned_at, unmatched_amount = r.unmatched_amount,
              changed_at = r.changed_at
            from
            """ + ROWS
            + "where o.merchant_id = :merchant and o.customer_id = r.customer_id and o.return_id = r.return_id";

    private static final String DELETE_LINES = """
            delete from order_return_line l
            using unnest(:customers::bigint[], :ids::bigint[]) as o (customer_id, return_id)
            where l.merchant_id = :merchant and l.customer_id = o.customer_id and l.return_id = o.return_id
            """;

    private static final String INSERT_LINES = """
            insert into order_return_line (
              merchant_id, customer_id, return_id, line_no, product_code, product_name, quantity, unit_price, amount)
            select o.merchant_id, o.customer_id, o.return_id, l.line_no, l.product_code, l.product_name, l.quantity,
              l.unit_price, l.amount
            from jsonb_to_recordset(:rows::jsonb) as o (
              merchant_id int, customer_id bigint, return_id bigint, lines jsonb)
            cross join lateral jsonb_to_recordset(o.lines) as l (
              line_no int, product_code text, product_name text, quantity bigint, unit_price numeric, amount bigint)
            """;

    private final Jdbi jdbi;
    private final LinedTable<OrderReturn> rows;

    ReturnTable(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.rows = new LinedTable<>(
                jdbi,
                OrderReturn.class,
                OrderReturn::customerId,
                OrderReturn::returnId,
                new LinedTable.Sql(NEXT_IDS, INSERT, UPDATE, DELETE_LINES, INSERT_LINES));
    }

    List<OrderReturn> find(int merchant, Collection<String> externalIds) {
        return rows.query(BY_EXTERNAL_IDS, merchant, "externalIds", String.class, externalIds);
    }

    List<OrderReturn> ofCustomers(int merchant, Collection<Long> customers) {
        return rows.query(OF_CUSTOMERS, merchant, "customers", Long.class, customers);
    }

    Optional<OrderReturn> find(int merchant, long id) {
        return rows.query(BY_ID, merchant, query -> query.bind("id", id)).stream()
                .findFirst();
    }

    List<OrderReturn> list(int merchant, Long customer, long after, int limit) {
        return rows.query(
                LIST,
                merchant,
                query -> query.bind("customer", customer).bind("after", after).bind("limit", limit));
    }

    /// When each of these customers last returned something; those who never did are absent.
    Map<Long, Instant> latest(int merchant, Collection<Long> customers) {
        var latest = new HashMap<Long, Instant>();
        jdbi.useHandle(handle -> handle.createQuery(LATEST)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, customers.toArray())
                .map((row, context) -> latest.put(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .list());
        return latest;
    }

    List<Long> nextIds(int count) {
        return rows.nextIds(count);
    }

    void insert(List<OrderReturn> returns) {
        rows.insert(returns);
    }

    void update(int merchant, List<OrderReturn> returns) {
        rows.update(merchant, returns);
    }
}
