package io.regulars.customer.order;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.regulars.customer.rows.Columns;
import io.regulars.customer.rows.Rows;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// How documents of one kind are read and written with their lines, many at a time; the SQL is that of their table.
///
/// @param <L> a line of the document
final class LinedTable<D, L> {

    /// @param insert takes the columns of the documents
    /// @param update takes `merchant` and the columns of the documents
    /// @param deleteLines takes `merchant`, and `customers` and `ids` of the documents, in the same order
    /// @param insertLines takes the columns of the lines
    record Sql(String nextIds, String insert, String update, String deleteLines, String insertLines) {}

    record LineOf<D, L>(D document, L line) {}

    private final Jdbi jdbi;
    private final Class<D> type;
    private final Function<D, Long> customer;
    private final Function<D, Long> id;
    private final Function<D, List<L>> lines;
    private final Columns<D> columns;
    private final Columns<LineOf<D, L>> lineColumns;
    private final Sql sql;

    LinedTable(
            Jdbi jdbi,
            Class<D> type,
            Function<D, Long> customer,
            Function<D, Long> id,
            Function<D, List<L>> lines,
            Columns<D> columns,
            Columns<LineOf<D, L>> lineColumns,
            Sql sql) {
        this.jdbi = jdbi;
        this.type = type;
        this.customer = customer;
        this.id = id;
        this.lines = lines;
        this.columns = columns;
        this.lineColumns = lineColumns;
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
        jdbi.useHandle(handle -> {
            columns.bind(handle.createUpdate(sql.insert()), documents).execute();
            insertLines(handle, documents);
        });
    }

    void update(int merchant, List<D> documents) {
        if (documents.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            columns.bind(handle.createUpdate(sql.update()), documents)
                    .bind("merchant", merchant)
                    .execute();
            handle.createUpdate(sql.deleteLines())
                    .bind("merchant", merchant)
                    .bindArray(
                            "customers",
                            Long.class,
                            documents.stream().map(customer).toArray())
                    .bindArray("ids", Long.class, documents.stream().map(id).toArray())
                    .execute();
            insertLines(handle, documents);
        });
    }

    private void insertLines(Handle handle, List<D> documents) {
        var all = documents.stream()
                .flatMap(document -> lines.apply(document).stream().map(line -> new LineOf<>(document, line)))
                .toList();
        if (!all.isEmpty()) {
            lineColumns.bind(handle.createUpdate(sql.insertLines()), all).execute();
        }
    }
}
