package io.regulars.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a transaction reads of each table, by the database's own count: exact, and of no other session.
///
/// @param tables by name
public record TableReads(Map<String, Reads> tables) {

    /// Rows a transaction may read more the second time: where a value lies beyond the statistics, the planner looks at
    /// the ends of an index, and those rows are counted too.
    public static final long OF_THE_PLANNER = 20;

    private static final String SO_FAR = """
            select relname, seq_scan, seq_tup_read, coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables
            """;

    /// @param scans how often the table was read from end to end
    /// @param rows how many rows were read, by scans and over indexes
    public record Reads(long scans, long rows) {

        private Reads minus(Reads other) {
            return new Reads(scans - other.scans, rows - other.rows);
        }
    }

    /// What the connection's transaction has read so far; only the difference of two within it means something.
    public static TableReads soFar(Connection connection) throws SQLException {
        var tables = new TreeMap<String, Reads>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(SO_FAR)) {
            while (rows.next()) {
                tables.put(rows.getString(1), new Reads(rows.getLong(2), rows.getLong(3) + rows.getLong(4)));
            }
        }
        return new TableReads(tables);
    }

    public TableReads since(TableReads before) {
        var read = new TreeMap<String, Reads>();
        tables.forEach((table, reads) ->
                read.put(table, reads.minus(before.tables.getOrDefault(table, new Reads(0, 0)))));
        return new TableReads(read);
    }

    /// Of all tables together.
    public long rows() {
        return tables.values().stream().mapToLong(Reads::rows).sum();
    }

    /// Of these tables together.
    public long rowsOf(Set<String> names) {
        return tables.entrySet().stream()
                .filter(table -> names.contains(table.getKey()))
                .mapToLong(table -> table.getValue().rows())
                .sum();
    }

    /// The tables that were read from end to end.
    public Set<String> scanned() {
        return tables.entrySet().stream()
                .filter(table -> table.getValue().scans() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// Those that were read at all.
    @Override
    public String toString() {
        return tables.entrySet().stream()
                .filter(table ->
                        table.getValue().scans() > 0 || table.getValue().rows() > 0)
                .map(table -> table.getKey() + ": " + table.getValue().rows() + " rows, "
                        + table.getValue().scans() + " scans")
                .collect(Collectors.joining("; "));
    }
}
