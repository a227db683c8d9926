package io.regulars.campaign.guardrail;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jdbi.v3.core.Jdbi;

/// The kill switch: while a merchant's is on, nothing of theirs is claimed or goes on the wire. What is due
/// waits.
@ApplicationScoped
public class Stops {

    /// Stands for all merchants: the operator's.
    public static final int EVERYBODY = 0;

    /// @param by who stopped the sending
    public record Stop(String reason, String by, Instant at) {}

    /// One turn of the switch.
    public record Turn(Instant at, boolean on, String reason, String by) {}

    private static final int MOST = 100;

    private static final String STOP = """
            insert into sending_stop (merchant_id, reason, stopped_by, stopped_at)
            values (:merchant, :reason, :actor, :now)
            on conflict (merchant_id) do nothing
            """;

    private static final String RESUME = "delete from sending_stop where merchant_id = :merchant";

    private static final String LOG = """
            insert into sending_stop_log (merchant_id, stopped, reason, actor, at)
            values (:merchant, :stopped, :reason, :actor, :now)
            """;

    private static final String UNPARK = """
            update message set parked = false where merchant_id = :merchant and parked
            """;

    private static final String FIND =
            "select reason, stopped_by, stopped_at from sending_stop where merchant_id = :merchant";

    private static final String TURNS = """
            select at, stopped, reason, actor from sending_stop_log where merchant_id = :merchant
            order by id desc limit :most
            """;

    /// Holds back who would resume them, so that nothing is parked behind their back.
    private static final String STOPPED = """
            select merchant_id from sending_stop where merchant_id = any(:merchants) order by merchant_id for share
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Stops(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// @return whether it was going until now
    @Transactional
    public boolean stop(int merchant, String actor, String reason) {
        int stopped = jdbi.withHandle(handle -> handle.createUpdate(STOP)
                .bind("merchant", merchant)
                .bind("reason", reason)
                .bind("actor", actor)
                .bind("now", clock.instant())
                .execute());
        log(merchant, stopped, true, reason, actor);
        return stopped > 0;
    }

    /// What waited is due again; what waits for a campaign that is paused is put aside again by who looks at
    /// it.
    ///
    /// @return whether it was stopped until now
    @Transactional
    public boolean resume(int merchant, String actor, String reason) {
        int resumed = jdbi.withHandle(
                handle -> handle.createUpdate(RESUME).bind("merchant", merchant).execute());
        if (resumed > 0) {
            jdbi.useHandle(handle ->
                    handle.createUpdate(UNPARK).bind("merchant", merchant).execute());
        }
        log(merchant, resumed, false, reason, actor);
        return resumed > 0;
    }

    private void log(int merchant, int turned, boolean stopped, String reason, String actor) {
        if (turned > 0) {
            jdbi.useHandle(handle -> handle.createUpdate(LOG)
                    .bind("merchant", merchant)
                    .bind("stopped", stopped)
                    .bind("reason", reason)
                    .bind("actor", actor)
                    .bind("now", clock.instant())
                    .execute());
        }
    }

    public Optional<Stop> find(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .map((row, context) -> new Stop(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .findOne());
    }

    /// The latest first.
    List<Turn> turns(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(TURNS)
                .bind("merchant", merchant)
                .bind("most", MOST)
                .map((row, context) -> new Turn(
                        row.getTimestamp(1).toInstant(), row.getBoolean(2), row.getString(3), row.getString(4)))
                .list());
    }

    /// Those of them that are stopped, and stay so until the caller's transaction ends; all where everybody is.
    @Transactional(Transactional.TxType.MANDATORY)
    public Set<Integer> stopped(Collection<Integer> merchants) {
        return jdbi.withHandle(handle -> handle.createQuery(STOPPED)
                .bindArray(
                        "merchants",
                        Integer.class,
                        Stream.concat(Stream.of(EVERYBODY), merchants.stream())
                                .distinct()
                                .toList())
                .mapTo(Integer.class)
                .set());
    }
}
