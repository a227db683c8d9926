package io.regulars.customer.rows;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jdbi.v3.core.statement.SqlStatement;

/// Records as arrays, one for each column, that `unnest` turns into rows. For what is written by the hundred thousand:
/// PostgreSQL spends a quarter of the time on them that it spends on the same rows as JSON.
///
/// @param <D> what becomes a row
public final class Columns<D> {

    /// @param element of the array that is sent
    private record Column<D>(String name, String type, Class<?> element, Function<D, ?> value) {}

    private final List<Column<D>> columns = new ArrayList<>();

    public Columns<D> number(String name, Function<D, ? extends Number> value) {
        columns.add(
                new Column<>(name, "bigint", Long.class, row -> value.apply(row).longValue()));
        return this;
    }

    public Columns<D> text(String name, Function<D, String> value) {
        columns.add(new Column<>(name, "text", String.class, value));
        return this;
    }

    /// A column that goes as text and is read as another type.
    ///
    /// @param type PostgreSQL's name of it
    /// @param value may give null; else its `toString` is read
    public Columns<D> typed(String name, String type, Function<D, ?> value) {
        columns.add(new Column<>(name, type, String.class, row -> {
            Object given = value.apply(row);
            return given == null ? null : given.toString();
        }));
        return this;
    }

    /// The rows as a table that a statement can select from.
    public String as(String alias) {
        return columns.stream()
                .map(column -> ":all_" + column.name() + "::" + column.type() + "[]")
                .collect(Collectors.joining(
                        ", ",
                        "unnest(",
                        columns.stream()
                                .map(Column::name)
                                .collect(Collectors.joining(", ", ") as " + alias + " (", ")"))));
    }

    public <S extends SqlStatement<S>> S bind(S statement, Collection<D> rows) {
        for (Column<D> column : columns) {
            statement.bindArray(
                    "all_" + column.name(),
                    column.element(),
                    rows.stream().map(column.value()).toArray());
        }
        return statement;
    }
}
