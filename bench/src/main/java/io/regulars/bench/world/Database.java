package io.regulars.bench.world;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.regulars.embedded.Postgres;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// One service's database as its owner sees it, past the walls between merchants.
public record Database(String name, int port) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/" + name, Postgres.USER, Postgres.PASSWORD);
    }

    public void run(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// The only row of a query, its columns joined by a space.
    public String row(String sql, Object... parameters) throws SQLException {
        try (var connection = connect();
                var query = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                query.setObject(i + 1, parameters[i]);
            }
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no row for " + Arrays.toString(parameters) + ": " + sql);
                }
                var columns = rows.getMetaData().getColumnCount();
                var values = new String[columns];
                for (var i = 0; i < columns; i++) {
                    values[i] = rows.getString(i + 1);
                }
                return IntStream.range(0, columns)
                        .mapToObj(i -> String.valueOf(values[i]))
                        .collect(Collectors.joining(" "));
            }
        }
    }

    public long number(String sql, Object... parameters) throws SQLException {
        return Long.parseLong(row(sql, parameters));
    }

    public static CopyManager copy(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
