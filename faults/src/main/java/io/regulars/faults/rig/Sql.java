package io.regulars.faults.rig;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a service's database from outside.
public final class Sql {

    private final Connection connection;

    public Sql(Connection connection) {
        this.connection = connection;
    }

    /// A row by its columns' names.
    public record Row(Map<String, Object> columns) {

        public String text(String column) {
            var value = columns.get(column);
            return value == null ? null : value.toString();
        }

        public long number(String column) {
            return ((Number) columns.get(column)).longValue();
        }

        public Instant instant(String column) {
            return columns.get(column) instanceof Timestamp at ? at.toInstant() : null;
        }

        public Object get(String column) {
            return columns.get(column);
        }

        @Override
        public String toString() {
            return columns.toString();
        }
    }

    public List<Row> rows(String sql, Object... parameters) {
        try (var statement = prepared(sql, parameters);
                var result = statement.executeQuery()) {
            var rows = new ArrayList<Row>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    /// The rows' values in the order of their columns.
    public List<Object[]> values(String sql, Object... parameters) {
        try (var statement = prepared(sql, parameters);
                var result = statement.executeQuery()) {
            var rows = new ArrayList<Object[]>();
            while (result.next()) {
                var row = new Object[result.getMetaData().getColumnCount()];
                for (var i = 0; i < row.length; i++) {
                    row[i] = result.getObject(i + 1);
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    public long number(String sql, Object... parameters) {
        return ((Number) rows(sql, parameters)
                        .getFirst()
                        .columns()
                        .values()
                        .iterator()
                        .next())
                .longValue();
    }

    public int change(String sql, Object... parameters) {
        try (var statement = prepared(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseAway(e);
        }
    }

    /// The database did not answer, or not as hoped.
    public static final class DatabaseAway extends RuntimeException {

        private static final long serialVersionUID = 1;

        DatabaseAway(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            var value = parameters[i] instanceof Instant at ? Timestamp.from(at) : parameters[i];
            statement.setObject(i + 1, value);
        }
        return statement;
    }

    private static Row row(ResultSet result) throws SQLException {
        var columns = new LinkedHashMap<String, Object>();
        var meta = result.getMetaData();
        for (var i = 1; i <= meta.getColumnCount(); i++) {
            var value = result.getObject(i);
            columns.put(
                    meta.getColumnLabel(i),
                    value instanceof Array array ? Arrays.asList((Object[]) array.getArray()) : value);
        }
        return new Row(columns);
    }
}
