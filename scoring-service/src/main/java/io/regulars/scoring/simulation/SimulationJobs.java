package io.regulars.scoring.simulation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// The simulations that were asked for as jobs: queued, claimed, done, and kept while they are among the latest.
@ApplicationScoped
class SimulationJobs {

    /// Waiting or running at once, for one merchant.
    static final int MOST_WAITING = 5;

    /// With all who would move: for a shop of a million that is some hundred megabytes.
    static final int MOST_KEPT = 10;

    private static final String REQUEST = """
            with asked as (
              insert into simulation (merchant_id, model_version, definition, as_of, within, state, requested_at)
              select merchant_id, version, definition, :asOf, :within, 'queued', :now from model
              where merchant_id = :merchant and version = :version
              returning merchant_id, simulation_id)
            insert into simulation_progress (merchant_id, simulation_id)
            select merchant_id, simulation_id from asked
            returning simulation_id
            """;

    private static final String WAITING = """
            select count(*) from simulation where merchant_id = :merchant and state in ('queued', 'running')
            """;

    /// One that runs and is not locked was left by a replica that died.
    private static final String NEXT = """
            select s.merchant_id, s.simulation_id, s.attempts, p.cancelled
            from simulation s join simulation_progress p using (merchant_id, simulation_id)
            where s.state in ('queued', 'running')
            order by s.attempts, s.simulation_id limit 1 for update of s skip locked
            """;

    private static final String STARTED = """
            with begun as (
              update simulation_progress set done = 0 where merchant_id = :merchant and simulation_id = :simulation)
            update simulation set state = 'running', started_at = :now, attempts = attempts + 1,
              total = (select count(*) from history where merchant_id = :merchant)
            where merchant_id = :merchant and simulation_id = :simulation
            """;

    private static final String HOLD = """
            select merchant_id, simulation_id, model_version, definition, as_of, within from simulation
            where merchant_id = :merchant and simulation_id = :simulation and state = 'running'
            for update skip locked
            """;

    private static final String PROGRESS = """
            update simulation_progress set done = :done where merchant_id = :merchant and simulation_id = :simulation
            returning cancelled
            """;

    private static final String DONE = """
            with counted as (
              update simulation_progress set done = :done where merchant_id = :merchant and simulation_id = :simulation)
            update simulation set state = 'done', finished_at = :now, total = :done, result = :result::json
            where merchant_id = :merchant and simulation_id = :simulation
            """;

    private static final String ENDED = """
            update simulation set state = :state, finished_at = :now, problem = :problem
            where merchant_id = :merchant and simulation_id = :simulation and state in ('queued', 'running')
            """;

    /// Whoever works on it looks here from time to time; whoever would begin it, first.
    private static final String CANCEL = """
            update simulation_progress set cancelled = true
            where merchant_id = :merchant and simulation_id = :simulation and exists (
              select from simulation
              where merchant_id = :merchant and simulation_id = :simulation and state in ('queued', 'running'))
            """;

    private static final String PRUNE = """
            delete from simulation where merchant_id = :merchant and state in ('done', 'failed', 'cancelled') and simulation_id <= (
              select simulation_id from simulation where merchant_id = :merchant and state in ('done', 'failed', 'cancelled')
              order by simulation_id desc offset :most limit 1)
            """;

    private static final String FIND = """
            select s.*, p.done from simulation s join simulation_progress p using (merchant_id, simulation_id)
            where s.merchant_id = :merchant and s.simulation_id = :simulation
            """;

    private static final String LATEST = """
            select s.*, p.done from simulation s join simulation_progress p using (merchant_id, simulation_id)
            where s.merchant_id = :merchant
            order by s.simulation_id desc limit :most
            """;

    /// @param attempts begun so far
    /// @param cancelled not wanted any more
    record Key(int merchant, long simulation, int attempts, boolean cancelled) {}

    /// What is to be simulated.
    ///
    /// @param definition the rules as they stood when it was asked for
    /// @param window null for the rules' own
    record Held(Key key, int version, String definition, Instant asOf, Period window) {}

    /// @param done customers looked at so far
    /// @param total customers of the shop, null until it begins
    /// @param result as it is answered, null until it is done
    record Job(
            long id,
            int version,
            Instant asOf,
            Period window,
            String state,
            long done,
            Long total,
            Instant requestedAt,
            Instant startedAt,
            Instant finishedAt,
            String problem,
            String result) {}

    private final Jdbi jdbi;
    private final Clock clock;

    SimulationJobs(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// Empty where the merchant has no such model.
    OptionalLong request(int merchant, int version, Instant asOf, Period window) {
        var id = jdbi.withHandle(handle -> handle.createQuery(REQUEST)
                .bind("merchant", merchant)
                .bind("version", version)
                .bind("asOf", asOf)
                .bind("within", window == null ? null : window.toString())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne());
        return id.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    int waiting(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(WAITING)
                .bind("merchant", merchant)
                .mapTo(Integer.class)
                .one());
    }

    /// Locks it to the end of the transaction.
    Optional<Key> next() {
        return jdbi.withHandle(handle -> handle.createQuery(NEXT)
                .map((row, context) -> new Key(
                        row.getInt("merchant_id"),
                        row.getLong("simulation_id"),
                        row.getInt("attempts"),
                        row.getBoolean("cancelled")))
                .findOne());
    }

    void started(Key key) {
        jdbi.useHandle(handle -> of(handle.createUpdate(STARTED), key)
                .bind("now", clock.instant())
                .execute());
    }

    /// Locks it to the end of the transaction; empty where another replica took it meanwhile, or it was given up.
    Optional<Held> hold(Key key) {
        return jdbi.withHandle(handle -> of(handle.createQuery(HOLD), key)
                .map((row, context) -> new Held(
                        key,
                        row.getInt("model_version"),
                        row.getString("definition"),
                        Fields.instant(row, "as_of"),
                        window(row)))
                .findOne());
    }

    /// In the caller's transaction, but on a handle of its own: a thread that reads rows as they pass by has one
    /// already, in the transaction that it reads in, and would get it again.
    ///
    /// @return whether it is still wanted
    boolean progress(Key key, long done) {
        try (var handle = jdbi.open()) {
            return !of(handle.createQuery(PROGRESS), key)
                    .bind("done", done)
                    .mapTo(Boolean.class)
                    .one();
        }
    }

    void done(Key key, long done, String result) {
        jdbi.useHandle(handle -> of(handle.createUpdate(DONE), key)
                .bind("done", done)
                .bind("result", result)
                .bind("now", clock.instant())
                .execute());
        prune(key.merchant());
    }

    void failed(Key key, String problem) {
        ended(key, "failed", problem);
    }

    void cancelled(Key key) {
        ended(key, "cancelled", null);
    }

    private void ended(Key key, String state, String problem) {
        jdbi.useHandle(handle -> of(handle.createUpdate(ENDED), key)
                .bind("state", state)
                .bind("problem", problem)
                .bind("now", clock.instant())
                .execute());
        prune(key.merchant());
    }

    /// Forgets all but the latest, and who would have moved by them.
    private void prune(int merchant) {
        jdbi.useHandle(handle -> handle.createUpdate(PRUNE)
                .bind("merchant", merchant)
                .bind("most", MOST_KEPT)
                .execute());
    }

    /// Asks for it not to be made; false where it has ended.
    boolean cancel(int merchant, long simulation) {
        return jdbi.withHandle(handle -> handle.createUpdate(CANCEL)
                        .bind("merchant", merchant)
                        .bind("simulation", simulation)
                        .execute())
                > 0;
    }

    Optional<Job> find(int merchant, long simulation) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("simulation", simulation)
                .map((row, context) -> job(row))
                .findOne());
    }

    List<Job> latest(int merchant, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(LATEST)
                .bind("merchant", merchant)
                .bind("most", most)
                .map((row, context) -> job(row))
                .list());
    }

    private static <S extends SqlStatement<S>> S of(S statement, Key key) {
        return statement.bind("merchant", key.merchant()).bind("simulation", key.simulation());
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("simulation_id"),
                row.getInt("model_version"),
                Fields.instant(row, "as_of"),
                window(row),
                row.getString("state"),
                row.getLong("done"),
                row.getObject("total", Long.class),
                Fields.instant(row, "requested_at"),
                Fields.instant(row, "started_at"),
                Fields.instant(row, "finished_at"),
                row.getString("problem"),
                row.getString("result"));
    }

    private static Period window(ResultSet row) throws SQLException {
        var window = row.getString("within");
        return window == null ? null : Period.parse(window);
    }
}
