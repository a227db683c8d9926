package io.regulars.customer.order;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.regulars.customer.rows.Columns;
import org.jdbi.v3.core.Jdbi;

/// The rows of `order_return` and its lines, many at a time.
@Singleton
class ReturnTable {

    /// The documents with their lines, each as one JSON text; takes `merchant`.
    private static final String WITH_LINES = """
            select to_json(d) from (
              select o.*, (
                select json_agg(l order by l.line_no) from order_return_line l
                where l.merchant_id = o.merchant_id and l.customer_id = o.customer_id and l.return_id = o.return_id
              ) as lines
              from order_return o
              where o.merchant_id = :merchant and %s) d
            """;

    private static final String BY_EXTERNAL_IDS = WITH_LINES.formatted("o.external_id = any(:externalIds)");

    private static final String OF_CUSTOMERS = WITH_LINES.formatted("o.customer_id = any(:customers)");

    private static final String BY_ID = WITH_LINES.formatted("o.return_id = :id");

    private static final String LIST = WITH_LINES.formatted("""
            o.return_id > :after and (:customer::bigint is null or o.customer_id = :customer)
            order by o.return_id limit :limit
            """);

    private static final String LATEST = """
            select customer_id, max(returned_at) from order_return
            where merchant_id = :merchant and customer_id = any(:customers) group by customer_id
            """;

    private static final String NEXT_IDS = "select nextval('return_id_seq') from generate_series(1, :count)";

    private static final Columns<OrderReturn> RETURNS = new Columns<OrderReturn>()
            .number("merchant_id", OrderReturn::merchantId)
            .number("customer_id", OrderReturn::customerId)
            .number("return_id", OrderReturn::returnId)
            .number("version", OrderReturn::version)
            .text("external_id", OrderReturn::externalId)
            .typed("returned_at", "timestamptz", OrderReturn::returnedAt)
            .number("unmatched_amount", OrderReturn::unmatchedAmount)
            .typed("created_at", "timestamptz", OrderReturn::createdAt)
            .typed("changed_at", "timestamptz", OrderReturn::changedAt);

    private static final Columns<LinedTable.LineOf<OrderReturn, OrderReturn.Line>> LINES = new Columns<
                    LinedTable.LineOf<OrderReturn, OrderReturn.Line>>()
            .number("merchant_id", of -> of.document().merchantId())
            .number("customer_id", of -> of.document().customerId())
            .number("return_id", of -> of.document().returnId())
            .number("line_no", of -> of.line().lineNo())
            .text("product_code", of -> of.line().productCode())
            .text("product_name", of -> of.line().productName())
            .number("quantity", of -> of.line().quantity())
            .typed("unit_price", "numeric", of -> of.line().unitPrice())
            .number("amount", of -> of.line().amount());

    private static final String INSERT = """
            insert into order_return (
              merchant_id, customer_id, return_id, version, external_id, returned_at, unmatched_amount, created_at,
              changed_at)
            select * from %s
            """.formatted(RETURNS.as("r"));

    private static final String UPDATE = """
            update order_return o set
              version = r.version, returned_at = r.returned_at, unmatched_amount = r.unmatched_amount,
              changed_at = r.changed_at
            from %s
            where o.merchant_id = :merchant and o.customer_id = r.customer_id and o.return_id = r.return_id
            """.formatted(RETURNS.as("r"));

    private static final String DELETE_LINES = """
            delete from order_return_line l
            using unnest(:customers::bigint[], :ids::bigint[]) as o (customer_id, return_id)
            where l.merchant_id = :merchant and l.customer_id = o.customer_id and l.return_id = o.return_id
            """;

    private static final String INSERT_LINES = """
            insert into order_return_line (
              merchant_id, customer_id, return_id, line_no, product_code, product_name, quantity, unit_price, amount)
            select * from %s
            """.formatted(LINES.as("l"));

    private final Jdbi jdbi;
    private final LinedTable<OrderReturn, OrderReturn.Line> rows;

    ReturnTable(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.rows = new LinedTable<>(
                jdbi,
                OrderReturn.class,
                OrderReturn::customerId,
                OrderReturn::returnId,
                OrderReturn::lines,
                RETURNS,
                LINES,
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
