package io.regulars.bench.world;

import java.sql.SQLException;
import java.util.List;

/// The same tables twice, with few rows and with many, of which the service sees one or the other: whole tables change
/// places between its schema and a shelf, so that contestants can take turns without writing a row.
public final class TwoSizes {

    private final Database database;
    private final List<String> tables;
    private boolean manySeen = true;

    public TwoSizes(Database database, String... tables) {
        this.database = database;
        this.tables = List.of(tables);
    }

    @FunctionalInterface
    public interface Fill {
        void rows() throws SQLException;
    }

    /// The rows that are there are the many; the few come of this.
    public void few(Fill fill) throws SQLException {
        database.run("create schema shelf_few", "create schema shelf_many");
        for (var table : tables) {
            database.run("create table shelf_few.%1$s (like public.%1$s including all)".formatted(table));
        }
        show(false);
        fill.rows();
    }

    public void show(boolean many) throws SQLException {
        if (many == manySeen) {
            return;
        }
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (var table : tables) {
                statement.execute("alter table public.%s set schema %s".formatted(table, shelf(manySeen)));
                statement.execute("alter table %s.%s set schema public".formatted(shelf(many), table));
            }
            connection.commit();
        }
        manySeen = many;
    }

    /// Leaves the many.
    public void end() throws SQLException {
        show(true);
        database.run("drop schema shelf_few cascade", "drop schema shelf_many cascade");
    }

    private static String shelf(boolean many) {
        return many ? "shelf_many" : "shelf_few";
    }
}
