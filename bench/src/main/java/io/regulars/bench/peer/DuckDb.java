package io.regulars.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.regulars.bench.world.Database;

/// A column store within this process, in memory, on as many threads as there are processors.
public final class DuckDb implements AutoCloseable {

    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /// What becomes of a row.
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    public static DuckDb open() throws SQLException {
        return new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
    }

    public void run(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// Adds to a table what a query of another database gives, column by column.
    ///
    /// @param folder for the file in between
    public void copy(String table, Database from, String query, Path folder) throws SQLException, IOException {
        var file = Files.createTempFile(folder, table, ".csv");
        try (var source = from.connect();
                var out = Files.newOutputStream(file)) {
            Database.copy(source).copyOut("copy (" + query + ") to stdout (format csv, header)", out);
        }
        run("copy %s from '%s' (header, nullstr '')".formatted(table, file));
        Files.delete(file);
    }

    public <T> List<T> list(String query, Row<T> each) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(each.of(rows));
            }
            return all;
        }
    }

    /// Of a query that gives one row.
    public <T> T one(String query, Row<T> each) throws SQLException {
        return list(query, each).getFirst();
    }

    public String version() throws SQLException {
        return one("select version()", row -> row.getString(1));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
