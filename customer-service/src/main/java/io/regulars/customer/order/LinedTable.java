package io.regulars.customer.order;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// How documents of one kind are read and written with their lines, many at a time; the SQL is that of their table.
final class LinedTable<D> {

    /// @param insert takes `rows`
    /// @param update takes `merchant` and `rows`
    /// @param deleteLines takes `merchant`, and `customers` and `ids` of the documents, in the same order
    /// @param insertLines takes `rows`
    record Sql(String nextIds, String insert, String update, String deleteLines, String insertLines) {}

    private final Jdbi jdbi;
    private final Class<D> type;
    private final Function<D, Long> customer;
    private final Function<D, Long> id;
    private final Sql sql;

    LinedTable(Jdbi jdbi, Class<D> type, Function<D, Long> customer, Function<D, Long> id, Sql sql) {
        this.jdbi = jdbi;
        this.type = type;
        this.customer = customer;
        this.id = id;
        this.sql = sql;
    }

    List<D> query(String select, int merchant, UnaryOperator<Query> parameters) {
        return jdbi.withHandle(handle -> parameters
                .apply(handle.createQuery(select).bind("merchant", merchant))
                .map(Rows.as(type))
                .list());
    }

    List<D> query(String select, int merchant, String name, Class<?> element, Collection<?> values) {
        return values.isEmpty()
                ? List.of()
                : query(select, merchant, query -> query.bindArray(name, element, values.toArray()));
    }

    List<Long> nextIds(int count) {
        return count == 0
                ? List.of()
                : jdbi.withHandle(handle -> handle.createQuery(sql.nextIds())
                        .bind("count", count)
                        .mapTo(Long.class)
                        .list());
    }

    void insert(List<D> documents) {
        if (documents.isEmpty()) {
            return;
        }
        String rows = Rows.write(documents);
        jdbi.useHandle(handle -> {
            handle.createUpdate(sql.insert()).bind("rows", rows).execute();
            handle.createUpdate(sql.insertLines()).bind("rows", rows).execute();
        });
    }

    void update(int merchant, List<D> documents) {
        if (documents.isEmpty()) {
            return;
        }
        String rows = Rows.write(documents);
        jdbi.useHandle(handle -> {
            handle.createUpdate(sql.update())
                    .bind("merchant", merchant)
                    .bind("rows", rows)
                    .execute();
            handle.createUpdate(sql.deleteLines())
                    .bind("merchant", merchant)
                    .bindArray(
                            "customers",
                            Long.class,
                            documents.stream().map(customer).toArray())
                    .bindArray("ids", Long.class, documents.stream().map(id).toArray())
                    .execute();
            handle.createUpdate(sql.insertLines()).bind("rows", rows).execute();
        });
    }
}
