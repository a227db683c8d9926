package io.regulars.scoring.rows;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jdbi.v3.core.statement.SqlStatement;

/// Binds a list of rows to a statement as one array a column, for `unnest`: one round trip whatever their number.
public final class Columns<T, S extends SqlStatement<S>> {

    private final S statement;
    private final List<T> rows;

    private Columns(S statement, Collection<T> rows) {
        this.statement = statement;
        this.rows = List.copyOf(rows);
    }

    public static <T, S extends SqlStatement<S>> Columns<T, S> of(S statement, Collection<T> rows) {
        return new Columns<>(statement, rows);
    }

    public Columns<T, S> longs(String name, Function<T, Long> column) {
        statement.bindArray(name, Long.class, values(column));
        return this;
    }

    public Columns<T, S> ints(String name, Function<T, Integer> column) {
        statement.bindArray(name, Integer.class, values(column));
        return this;
    }

    public Columns<T, S> doubles(String name, Function<T, Double> column) {
        statement.bindArray(name, Double.class, values(column));
        return this;
    }

    /// Texts, and whatever else the statement casts from a text: instants, days, booleans.
    public Columns<T, S> texts(String name, Function<T, ?> column) {
        statement.bindArray(
                name, String.class, values(column.andThen(value -> value == null ? null : Objects.toString(value))));
        return this;
    }

    public S bound() {
        return statement;
    }

    private <C> List<C> values(Function<T, C> column) {
        return rows.stream().map(column).toList();
    }
}
