package io.regulars.campaign.audience;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps the segments that people save.
@ApplicationScoped
class SegmentRows {

    /// @param condition as it was written, JSON
    record Segment(long id, int revision, String name, String condition, Instant updatedAt, String updatedBy) {}

    /// One after the other, so that two changes at once make no cycle.
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(:merchant, hashtext('segment'))";

    private static final String ADD = """
            insert into segment (merchant_id, revision, name, condition, created_at, updated_at, updated_by)
            values (:merchant, 1, :name, :condition::jsonb, :now, :now, :actor)
            returning *
            """;

    private static final String CHANGE = """
            update segment set revision = revision + 1, name = :name, condition = :condition::jsonb, updated_at = :now,
              updated_by = :actor
            where merchant_id = :merchant and id = :id and deleted_at is null
            returning *
            """;

    private static final String DELETE = """
            update segment set deleted_at = :now where merchant_id = :merchant and id = :id and deleted_at is null
            """;

    private static final String LIST = """
            select * from segment where merchant_id = :merchant and deleted_at is null and id > :after
            order by id limit :limit
            """;

    private static final String FIND =
            "select * from segment where merchant_id = :merchant and id = :id and deleted_at is null";

    private final Jdbi jdbi;
    private final Clock clock;

    SegmentRows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void lock(int merchant) {
        jdbi.useHandle(handle -> handle.createQuery(ONE_AT_A_TIME)
                .bind("merchant", merchant)
                .map((row, context) -> true)
                .one());
    }

    @Transactional(Transactional.TxType.MANDATORY)
    Segment add(int merchant, String actor, String name, String condition) {
        return jdbi.withHandle(handle -> handle.createQuery(ADD)
                .bind("merchant", merchant)
                .bind("name", name)
                .bind("condition", condition)
                .bind("now", clock.instant())
                .bind("actor", actor)
                .map((row, context) -> segment(row))
                .one());
    }

    @Transactional(Transactional.TxType.MANDATORY)
    Segment change(int merchant, String actor, long id, String name, String condition) {
        return jdbi.withHandle(handle -> handle.createQuery(CHANGE)
                .bind("merchant", merchant)
                .bind("id", id)
                .bind("name", name)
                .bind("condition", condition)
                .bind("now", clock.instant())
                .bind("actor", actor)
                .map((row, context) -> segment(row))
                .one());
    }

    @Transactional
    void delete(int merchant, String id) {
        Segment segment = find(merchant, id);
        jdbi.useHandle(handle -> handle.createUpdate(DELETE)
                .bind("merchant", merchant)
                .bind("id", segment.id())
                .bind("now", clock.instant())
                .execute());
    }

    List<Segment> after(int merchant, long id, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", id)
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
    }

    /// 404 where the merchant has none such.
    Segment find(int merchant, String reference) {
        OptionalLong id = PublicId.parse(Segments.ID, reference);
        Optional<Segment> found = id.isEmpty()
                ? Optional.empty()
                : jdbi.withHandle(handle -> handle.createQuery(FIND)
                        .bind("merchant", merchant)
                        .bind("id", id.getAsLong())
                        .map((row, context) -> segment(row))
                        .findOne());
        return found.orElseThrow(() -> Problems.notFound("segment", reference));
    }

    private static Segment segment(ResultSet row) throws SQLException {
        return new Segment(
                row.getLong("id"),
                row.getInt("revision"),
                row.getString("name"),
                row.getString("condition"),
                row.getTimestamp("updated_at").toInstant(),
                row.getString("updated_by"));
    }
}
