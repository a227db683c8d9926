package io.regulars.campaign.rehearsal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.Plan;
import org.jdbi.v3.core.Jdbi;

/// The rehearsals that were asked for: queued, claimed under a lease, done, and kept while they are among
/// the latest.
@ApplicationScoped
class Rehearsals {

    static final String ID = "reh";

    /// Waiting or running at once, for one merchant.
    static final int MOST_WAITING = 5;

    /// Of one merchant.
    static final int MOST_KEPT = 20;

    private static final int MOST_ATTEMPTS = 3;

    /// A chunk of customers takes a second; each renews it.
    private static final Duration LEASE = Duration.ofMinutes(2);

    /// @param past null for today
    /// @param claim fences off whoever comes after
    /// @param attempts begun so far, this one among them
    record Held(int merchant, long id, Plan.Key campaign, String past, String claim, int attempts) {}

    /// @param done causes looked at so far
    /// @param total null while unknown
    /// @param result JSON, null until it is done
    record Job(
            long id,
            Plan.Key campaign,
            String past,
            String state,
            long done,
            Long total,
            Instant requestedAt,
            Instant startedAt,
            Instant finishedAt,
            String problem,
            String result) {}

    private static final String REQUEST = """
            insert into rehearsal (merchant_id, campaign_id, revision, past, requested_at, requested_by)
            values (:merchant, :campaign, :revision, :past, :now, :actor)
            returning id
            """;

    private static final String WAITING =
            "select count(*) from rehearsal where merchant_id = :merchant and state in ('queued', 'running')";

    private static final String CLAIM = """
            update rehearsal r set state = case when k.unwanted then 'cancelled' when k.attempts >= :most then 'failed'
                else 'running' end,
              problem = case when not k.unwanted and k.attempts >= :most
                then 'it broke off ' || k.attempts || ' times; see the log' end,
              finished_at = case when k.unwanted or k.attempts >= :most then :now::timestamptz end,
              started_at = :now, done = 0, attempts = k.attempts + 1, claim = :claim,
              lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            from (select merchant_id, id, attempts, unwanted from rehearsal
              where state = 'queued' or state = 'running' and lease_until < clock_timestamp()
              order by attempts, id limit 1 for update skip locked) k
            where r.merchant_id = k.merchant_id and r.id = k.id
            returning r.*
            """;

    private static final String PROGRESS = """
            update rehearsal set done = :done, total = coalesce(:total, total),
              lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            where merchant_id = :merchant and id = :id and state = 'running' and claim = :claim
            returning unwanted
            """;

    private static final String END = """
            update rehearsal set state = :state, finished_at = :now, problem = :problem, result = :result::json,
              total = case when :state = 'done' then done else total end
            where merchant_id = :merchant and id = :id and state = 'running' and claim = :claim
            """;

    private static final String SHOW = """
            insert into rehearsal_sample
              (merchant_id, customer_id, rehearsal_id, place, step, occurrence, goes_at, context)
            values (:merchant, :customer, :id, :place, :step, :occurrence, :at, :context::jsonb)
            on conflict do nothing
            """;

    /// Another worker may begin at once.
    private static final String LEAVE = """
            update rehearsal set lease_until = clock_timestamp()
            where merchant_id = :merchant and id = :id and state = 'running' and claim = :claim
            """;

    private static final String CANCEL = """
            update rehearsal set unwanted = true,
              state = case when state = 'queued' then 'cancelled' else state end,
              finished_at = case when state = 'queued' then :now::timestamptz else finished_at end
            where merchant_id = :merchant and id = :id and state in ('queued', 'running')
            """;

    private static final String PRUNE = """
            delete from rehearsal where merchant_id = :merchant and state in ('done', 'failed', 'cancelled') and id <= (
              select id from rehearsal where merchant_id = :merchant and state in ('done', 'failed', 'cancelled')
              order by id desc offset :most limit 1)
            """;

    private static final String FIND = "select * from rehearsal where merchant_id = :merchant and id = :id";

    private static final String OF_CAMPAIGN = """
            select * from rehearsal where merchant_id = :merchant and campaign_id = :campaign
            order by id desc limit :most
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Rehearsals(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    long request(Plan plan, String past, String actor) {
        return jdbi.withHandle(handle -> handle.createQuery(REQUEST)
                .bind("merchant", plan.merchantId())
                .bind("campaign", plan.campaignId())
                .bind("revision", plan.revision())
                .bind("past", past)
                .bind("now", clock.instant())
                .bind("actor", actor)
                .mapTo(Long.class)
                .one());
    }

    int waiting(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(WAITING)
                .bind("merchant", merchant)
                .mapTo(Integer.class)
                .one());
    }

    /// The next one that nobody works on; empty also where it was not wanted any more, or broke off too
    /// often.
    Optional<Held> claim() {
        return jdbi.withHandle(handle -> handle.createQuery(CLAIM)
                .bind("most", MOST_ATTEMPTS)
                .bind("now", clock.instant())
                .bind("claim", UUID.randomUUID().toString())
                .bind("lease", LEASE.toMillis())
                .map((row, context) -> "running".equals(row.getString("state"))
                        ? Optional.of(new Held(
                                row.getInt("merchant_id"),
                                row.getLong("id"),
                                campaign(row),
                                row.getString("past"),
                                row.getString("claim"),
                                row.getInt("attempts")))
                        : Optional.<Held>empty())
                .findOne()
                .flatMap(held -> held));
    }

    /// @param total null where it is not known yet
    /// @return whether it is still wanted, and still this worker's
    boolean progress(Held held, long done, Long total) {
        return jdbi.withHandle(handle -> handle.createQuery(PROGRESS)
                .bind("merchant", held.merchant())
                .bind("id", held.id())
                .bind("claim", held.claim())
                .bind("done", done)
                .bindBySqlType("total", total, java.sql.Types.BIGINT)
                .bind("lease", LEASE.toMillis())
                .map((row, context) -> !row.getBoolean("unwanted"))
                .findOne()
                .orElse(false));
    }

    /// With the messages that are shown, where it is still this worker's.
    void done(Held held, String result, List<SampleRow> samples) {
        if (end(held, "done", null, result)) {
            jdbi.useHandle(handle -> {
                for (SampleRow sample : samples) {
                    handle.createUpdate(SHOW)
                            .bind("merchant", held.merchant())
                            .bind("customer", sample.customerId())
                            .bind("id", held.id())
                            .bind("place", sample.place())
                            .bind("step", sample.step())
                            .bind("occurrence", sample.occurrence())
                            .bind("at", sample.goesAt())
                            .bind("context", sample.context())
                            .execute();
                }
            });
        }
    }

    void failed(Held held, String problem) {
        end(held, "failed", problem, null);
    }

    void cancelled(Held held) {
        end(held, "cancelled", null, null);
    }

    void leave(Held held) {
        jdbi.useHandle(handle -> handle.createUpdate(LEAVE)
                .bind("merchant", held.merchant())
                .bind("id", held.id())
                .bind("claim", held.claim())
                .execute());
    }

    private boolean end(Held held, String state, String problem, String result) {
        int ended = jdbi.withHandle(handle -> handle.createUpdate(END)
                .bind("merchant", held.merchant())
                .bind("id", held.id())
                .bind("claim", held.claim())
                .bind("state", state)
                .bind("problem", problem)
                .bind("result", result)
                .bind("now", clock.instant())
                .execute());
        jdbi.useHandle(handle -> handle.createUpdate(PRUNE)
                .bind("merchant", held.merchant())
                .bind("most", MOST_KEPT)
                .execute());
        return ended > 0;
    }

    /// @return false where it has ended
    boolean cancel(int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createUpdate(CANCEL)
                        .bind("merchant", merchant)
                        .bind("id", id)
                        .bind("now", clock.instant())
                        .execute())
                > 0;
    }

    Optional<Job> find(int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne());
    }

    /// The latest first.
    List<Job> of(int merchant, long campaign) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_CAMPAIGN)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .bind("most", MOST_KEPT + MOST_WAITING)
                .map((row, context) -> job(row))
                .list());
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("id"),
                campaign(row),
                row.getString("past"),
                row.getString("state"),
                row.getLong("done"),
                row.getObject("total", Long.class),
                row.getTimestamp("requested_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getString("problem"),
                row.getString("result"));
    }

    private static Plan.Key campaign(ResultSet row) throws SQLException {
        return new Plan.Key(row.getInt("merchant_id"), row.getLong("campaign_id"), row.getInt("revision"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
