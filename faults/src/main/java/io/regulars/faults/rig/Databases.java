package io.regulars.faults.rig;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

import io.regulars.embedded.Postgres;

/// The three services' databases, each over a connection of its own.
public final class Databases implements AutoCloseable {

    private static final String RUNNING = """
            select pid, xact_start from pg_stat_activity
            where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()
            """;

    private final Connection customerConnection;
    private final Connection scoringConnection;
    private final Connection campaignConnection;

    public Databases(int port) {
        customerConnection = open(port, "customer");
        scoringConnection = open(port, "scoring");
        campaignConnection = open(port, "campaign");
    }

    public Sql customer() {
        return new Sql(customerConnection);
    }

    public Sql scoring() {
        return new Sql(scoringConnection);
    }

    public Sql campaign() {
        return new Sql(campaignConnection);
    }

    /// From here on changes are seen over these connections only, until [#undo].
    public void tryOut() {
        eachConnection(connection -> connection.setAutoCommit(false));
    }

    /// Does nothing where nothing is tried out.
    public void undo() {
        eachConnection(connection -> {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    /// Waits until the transactions that now run in campaign-service's database have ended.
    void awaitRunning(Duration patience) {
        var running = Set.copyOf(campaign().rows(RUNNING));
        Pause.until(patience, () -> campaign().rows(RUNNING).stream().noneMatch(running::contains));
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void eachConnection(Work work) {
        for (var connection : new Connection[] {customerConnection, scoringConnection, campaignConnection}) {
            try {
                work.on(connection);
            } catch (SQLException e) {
                throw new Sql.DatabaseAway(e);
            }
        }
    }

    private static Connection open(int port, String database) {
        try {
            return DriverManager.getConnection(
                    "jdbc:postgresql://localhost:" + port + "/" + database + "?connectTimeout=2&socketTimeout=30",
                    Postgres.USER,
                    Postgres.PASSWORD);
        } catch (SQLException e) {
            throw new Sql.DatabaseAway(e);
        }
    }

    @Override
    public void close() {
        eachConnection(Connection::close);
    }
}
