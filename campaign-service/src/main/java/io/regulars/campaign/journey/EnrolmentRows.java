package io.regulars.campaign.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.campaign.Plan;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/// The enrolments in the database: handed out to one worker at a time, written back together.
@ApplicationScoped
class EnrolmentRows {

    /// A customer who was enrolled for a cause.
    record Enrolled(int merchantId, long campaignId, long customerId, String occurrence) {}

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, OffsetDateTime>> INSTANTS = new TypeReference<>() {};

    private static final String CLAIM = """
            select * from enrolment where due_at <= :now and not parked
            order by due_at limit :limit
            for update skip locked
            """;

    private static final String IDS = """
            select nextval(pg_get_serial_sequence('enrolment', 'id')) from generate_series(1, :count)
            """;

    /// In one order, so that two who tell the same causes do not wait for each other. The tier and the group
    /// are those of this moment; each is looked up by its key, whatever the planner thinks of the size of a
    /// chunk.
    private static final String INSERT = """
            insert into enrolment (merchant_id, customer_id, id, campaign_id, revision, occurrence, state, reason, step,
              due_at, context, listens, enrolled_at, updated_at, holdout_percent, tier, group_key, caused_at)
            overriding system value
            select r.merchant_id, r.customer_id, id, campaign_id, revision, occurrence, state, reason, step, due_at,
              context, listens, enrolled_at, enrolled_at, holdout_percent, a.tier, a.group_key, caused_at
            from unnest(:merchants::int[], :customers::bigint[], :ids::bigint[], :campaigns::bigint[], :revisions::int[],
                :occurrences::text[], :states::text[], :reasons::text[], :steps::int[], :dues::timestamptz[],
                :contexts::jsonb[], :listens::jsonb[], :enrolledAts::timestamptz[], :holdouts::numeric[],
                :causedAts::timestamptz[])
              as r (merchant_id, customer_id, id, campaign_id, revision, occurrence, state, reason, step, due_at, context,
                listens, enrolled_at, holdout_percent, caused_at)
            left join lateral (select tier, group_key from audience
              where merchant_id = r.merchant_id and customer_id = r.customer_id limit 1) a on true
            order by r.merchant_id, campaign_id, r.customer_id, occurrence
            on conflict on constraint enrolment_once_for_a_cause do nothing
            returning id
            """;

    /// The limit says how few there are: else the planner reckons with a hundred, and reads a table of some ten
    /// thousand enrolments from end to end.
    private static final String SAVE = """
            update enrolment e set state = r.state, reason = r.reason, step = r.step, due_at = r.due_at,
              parked = r.parked, context = r.context, awaits = r.awaits, updated_at = :now,
              holdout_percent = coalesce(r.holdout_percent, e.holdout_percent)
            from (
              select * from unnest(:merchants::int[], :customers::bigint[], :ids::bigint[], :states::text[],
                  :reasons::text[], :steps::int[], :dues::timestamptz[], :parkeds::boolean[], :contexts::jsonb[],
                  :awaits::jsonb[], :holdouts::numeric[])
                as j (merchant_id, customer_id, id, state, reason, step, due_at, parked, context, awaits,
                  holdout_percent)
              limit :count) r
            where e.merchant_id = r.merchant_id and e.customer_id = r.customer_id and e.id = r.id
            """;

    private static final String ENROLLED = """
            select k.merchant_id, k.campaign_id, k.customer_id, k.occurrence
            from unnest(:merchants::int[], :campaigns::bigint[], :customers::bigint[], :occurrences::text[])
              as k (merchant_id, campaign_id, customer_id, occurrence)
            cross join lateral (select from enrolment e
              where e.merchant_id = k.merchant_id and e.campaign_id = k.campaign_id and e.customer_id = k.customer_id
                and e.occurrence = k.occurrence limit 1) e
            """;

    private static final String UNPARK = """
            update enrolment set parked = false where merchant_id = :merchant and campaign_id = :campaign and parked
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    EnrolmentRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    List<Enrolment> claim(Instant now, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(CLAIM)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> enrolment(row))
                .list());
    }

    /// For enrolments to come; an id that is not used is no harm.
    List<Long> ids(int count) {
        return jdbi.withHandle(handle ->
                handle.createQuery(IDS).bind("count", count).mapTo(Long.class).list());
    }

    /// Those of the causes that enrolled already.
    Set<Enrolled> enrolled(List<Enrolled> causes) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery(ENROLLED);
            bind(query, "merchants", Integer.class, causes, Enrolled::merchantId);
            bind(query, "campaigns", Long.class, causes, Enrolled::campaignId);
            bind(query, "customers", Long.class, causes, Enrolled::customerId);
            bind(query, "occurrences", String.class, causes, Enrolled::occurrence);
            return query.map((row, context) ->
                            new Enrolled(row.getInt(1), row.getLong(2), row.getLong(3), row.getString(4)))
                    .set();
        });
    }

    /// The ids of those that were not enrolled for their cause before.
    Set<Long> insert(List<Enrolment> enrolments) {
        return jdbi.withHandle(handle -> {
            Query insert = handle.createQuery(INSERT);
            bindWritten(insert, enrolments);
            bind(insert, "campaigns", Long.class, enrolments, one -> one.campaign.campaignId());
            bind(insert, "revisions", Integer.class, enrolments, one -> one.campaign.revision());
            bind(insert, "occurrences", String.class, enrolments, one -> one.occurrence);
            bind(insert, "listens", String.class, enrolments, one -> listens(one.listens));
            bind(insert, "enrolledAts", String.class, enrolments, one -> one.enrolledAt.toString());
            bind(
                    insert,
                    "causedAts",
                    String.class,
                    enrolments,
                    one -> one.causedAt == null ? null : one.causedAt.toString());
            return insert.mapTo(Long.class).set();
        });
    }

    void save(List<Enrolment> enrolments, Instant now) {
        jdbi.useHandle(handle -> {
            Update update =
                    handle.createUpdate(SAVE).bind("count", enrolments.size()).bind("now", now);
            bindWritten(update, enrolments);
            bind(update, "parkeds", String.class, enrolments, one -> String.valueOf(one.parked));
            bind(update, "awaits", String.class, enrolments, one -> awaits(one.awaits));
            update.execute();
        });
    }

    private String listens(List<String> keys) {
        return keys.isEmpty() ? null : json.valueToTree(keys).toString();
    }

    private String awaits(Awaited awaited) {
        return awaited == null ? null : json.valueToTree(awaited).toString();
    }

    private void bindWritten(SqlStatement<?> statement, List<Enrolment> enrolments) {
        bind(statement, "merchants", Integer.class, enrolments, one -> one.key.merchantId());
        bind(statement, "customers", Long.class, enrolments, one -> one.key.customerId());
        bind(statement, "ids", Long.class, enrolments, one -> one.key.id());
        bind(statement, "states", String.class, enrolments, one -> one.state);
        bind(statement, "reasons", String.class, enrolments, one -> one.reason);
        bind(statement, "steps", Integer.class, enrolments, one -> one.step);
        bind(
                statement,
                "holdouts",
                String.class,
                enrolments,
                one -> one.holdoutPercent == null ? null : one.holdoutPercent.toPlainString());
        bind(statement, "dues", String.class, enrolments, one -> one.dueAt == null ? null : one.dueAt.toString());
        bind(
                statement,
                "contexts",
                String.class,
                enrolments,
                one -> json.valueToTree(one.context).toString());
    }

    private static <R, T> void bind(
            SqlStatement<?> statement, String name, Class<T> type, List<R> rows, Function<R, T> column) {
        statement.bindArray(name, type, rows.stream().map(column).toList());
    }

    void unpark(int merchant, long campaign) {
        jdbi.useHandle(handle -> handle.createUpdate(UNPARK)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .execute());
    }

    private Enrolment enrolment(ResultSet row) throws SQLException {
        int merchant = row.getInt("merchant_id");
        try {
            var enrolment = new Enrolment(
                    new Enrolment.Key(merchant, row.getLong("customer_id"), row.getLong("id")),
                    new Plan.Key(merchant, row.getLong("campaign_id"), row.getInt("revision")),
                    row.getString("occurrence"),
                    row.getString("state"),
                    row.getInt("step"),
                    row.getTimestamp("due_at").toInstant(),
                    row.getTimestamp("enrolled_at").toInstant(),
                    json.readValue(row.getString("context"), TEXTS));
            String awaits = row.getString("awaits");
            enrolment.awaits = awaits == null ? null : json.readValue(awaits, Awaited.class);
            Timestamp causedAt = row.getTimestamp("caused_at");
            enrolment.causedAt = causedAt == null ? null : causedAt.toInstant();
            enrolment.heard = json.readValue(row.getString("heard"), INSTANTS);
            return enrolment;
        } catch (IOException e) {
            throw new UncheckedIOException("an enrolment's row is unreadable", e);
        }
    }
}
