package io.regulars.bench.tick;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.regulars.bench.world.Database;
import io.regulars.embedded.Postgres;

/// The peer: a persistent scheduler with one row and one execution for each timer, in a schema of its own on the same
/// server. Polls by lock-and-fetch, which its authors name as the fastest way, and fetches far more than it has
/// threads.
final class DbScheduler implements AutoCloseable {

    private static final String TASK = "wait-ends";
    private static final int THREADS = 20;

    /// Held, because a logger that nobody holds forgets its level.
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("com.github.kagkarlsson"), Logger.getLogger("com.zaxxer.hikari"));

    private final Database database;
    private final HikariDataSource connections;
    private final Scheduler scheduler;
    private final LongAdder executed = new LongAdder();

    private DbScheduler(Database database, Duration poll) {
        this.database = database;
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + database.port() + "/" + database.name()
                + "?currentSchema=db_scheduler");
        config.setUsername(Postgres.USER);
        config.setPassword(Postgres.PASSWORD);
        config.setMaximumPoolSize(THREADS + 4);
        connections = new HikariDataSource(config);
        scheduler = Scheduler.create(
                        connections,
                        Tasks.oneTime(TASK, Void.class).execute((instance, context) -> executed.increment()))
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 10.0)
                .pollingInterval(poll)
                .build();
    }

    static DbScheduler start(Database database, Duration poll) throws SQLException {
        database.run(
                "create schema db_scheduler", """
                create table db_scheduler.scheduled_tasks (
                  task_name text not null,
                  task_instance text not null,
                  task_data bytea,
                  execution_time timestamptz,
                  picked boolean not null,
                  picked_by text,
                  last_success timestamptz,
                  last_failure timestamptz,
                  consecutive_failures int,
                  last_heartbeat timestamptz,
                  version bigint not null,
                  priority smallint,
                  state text,
                  primary key (task_name, task_instance)
                )
                """,
                "create index on db_scheduler.scheduled_tasks (execution_time)",
                        "create index on db_scheduler.scheduled_tasks (last_heartbeat)");
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        var peer = new DbScheduler(database, poll);
        peer.scheduler.start();
        return peer;
    }

    String settings() {
        return "%s, %d threads, lock and fetch 1.0 to 10.0"
                .formatted(Scheduler.class.getPackage().getImplementationVersion(), THREADS);
    }

    /// One timer each, all seen at once.
    void schedule(int count, Instant due) throws SQLException {
        try (var connection = database.connect();
                var insert = connection.prepareStatement("""
                        insert into db_scheduler.scheduled_tasks
                          (task_name, task_instance, execution_time, picked, consecutive_failures, version)
                        select ?, n::text, ?::timestamptz + n * interval '1 millisecond', false, 0, 1
                        from generate_series(1, ?) as n
                        """)) {
            insert.setString(1, TASK);
            insert.setString(2, due.toString());
            insert.setInt(3, count);
            insert.executeUpdate();
        }
    }

    boolean idle() throws SQLException {
        return database.number("select count(*) from (select from db_scheduler.scheduled_tasks limit 1) as waiting")
                == 0;
    }

    long executed() {
        return executed.sum();
    }

    @Override
    public void close() {
        scheduler.stop();
        connections.close();
    }
}
