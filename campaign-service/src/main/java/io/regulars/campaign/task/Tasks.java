package io.regulars.campaign.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// Keeps the tasks.
@ApplicationScoped
public class Tasks {

    static final String ID = "tsk";

    /// @param note null where there is none
    /// @param within when it is to be done; null for any time
    public record Draft(
            CustomerKey customer,
            long campaignId,
            long enrolmentId,
            int step,
            String title,
            String note,
            Duration within) {}

    /// @param dueAt null for any time
    /// @param outcome null while it is open, as `comment`, `completedAt` and `completedBy`
    record Task(
            long id,
            long customerId,
            long campaignId,
            String title,
            String note,
            String state,
            Instant dueAt,
            Instant createdAt,
            String outcome,
            String comment,
            Instant completedAt,
            String completedBy) {}

    private static final String OPEN = """
            insert into callback_task (merchant_id, customer_id, campaign_id, enrolment_id, step, title, note, due_at,
              created_at)
            select merchant_id, customer_id, campaign_id, enrolment_id, step, title, note, due_at, :now
            from unnest(:merchants::int[], :customers::bigint[], :campaigns::bigint[], :enrolments::bigint[],
                :steps::int[], :titles::text[], :notes::text[], :dues::timestamptz[])
              as r (merchant_id, customer_id, campaign_id, enrolment_id, step, title, note, due_at)
            on conflict on constraint callback_task_once_for_a_step do nothing
            """;

    private static final String LIST = """
            select * from callback_task
            where merchant_id = :merchant and id > :after
              and (:state::text is null or state = :state)
              and (:customer::bigint is null or customer_id = :customer)
            order by id limit :limit
            """;

    private static final String LOCK =
            "select * from callback_task where merchant_id = :merchant and id = :id for update";

    private static final String COMPLETE = """
            update callback_task set state = 'done', outcome = :outcome, comment = :comment, completed_at = :now,
              completed_by = :actor
            where merchant_id = :merchant and id = :id
            returning *
            """;

    private static final String FORGET = """
            delete from callback_task t
            using unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
            where t.merchant_id = k.merchant_id and t.customer_id = k.customer_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Tasks(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// In the caller's transaction; one for an enrolment and step.
    @Transactional(Transactional.TxType.MANDATORY)
    public void open(List<Draft> drafts, Instant now) {
        if (drafts.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            Update insert = handle.createUpdate(OPEN).bind("now", now);
            bind(
                    insert,
                    "merchants",
                    Integer.class,
                    drafts,
                    draft -> draft.customer().merchantId());
            bind(
                    insert,
                    "customers",
                    Long.class,
                    drafts,
                    draft -> draft.customer().customerId());
            bind(insert, "campaigns", Long.class, drafts, Draft::campaignId);
            bind(insert, "enrolments", Long.class, drafts, Draft::enrolmentId);
            bind(insert, "steps", Integer.class, drafts, Draft::step);
            bind(insert, "titles", String.class, drafts, Draft::title);
            bind(insert, "notes", String.class, drafts, Draft::note);
            bind(
                    insert,
                    "dues",
                    String.class,
                    drafts,
                    draft -> draft.within() == null
                            ? null
                            : now.plus(draft.within()).toString());
            insert.execute();
        });
    }

    /// @param state null for all, as `customer`
    List<Task> list(int merchant, String state, Long customer, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", after)
                .bind("state", state)
                .bind("customer", customer)
                .bind("limit", limit)
                .map((row, context) -> task(row))
                .list());
    }

    /// Said again with the same outcome, it stays as it was.
    @Transactional
    Task complete(int merchant, String actor, String id, String outcome, String comment) {
        long number = PublicId.parse(ID, id).orElseThrow(() -> Problems.notFound("task", id));
        Optional<Task> found = jdbi.withHandle(handle -> handle.createQuery(LOCK)
                .bind("merchant", merchant)
                .bind("id", number)
                .map((row, context) -> task(row))
                .findOne());
        Task task = found.orElseThrow(() -> Problems.notFound("task", id));
        if (task.outcome() != null) {
            if (task.outcome().equals(outcome)) {
                return task;
            }
            throw Problems.conflict("the task is done already, with the outcome " + task.outcome());
        }
        return jdbi.withHandle(handle -> handle.createQuery(COMPLETE)
                .bind("merchant", merchant)
                .bind("id", number)
                .bind("outcome", outcome)
                .bind("comment", comment)
                .bind("actor", actor)
                .bind("now", clock.instant())
                .map((row, context) -> task(row))
                .one());
    }

    /// Of people who asked to be erased nothing stays.
    public void forget(List<CustomerKey> customers) {
        if (customers.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle ->
                CustomerKey.bind(handle.createUpdate(FORGET), customers).execute());
    }

    private static Task task(ResultSet row) throws SQLException {
        return new Task(
                row.getLong("id"),
                row.getLong("customer_id"),
                row.getLong("campaign_id"),
                row.getString("title"),
                row.getString("note"),
                row.getString("state"),
                instant(row, "due_at"),
                instant(row, "created_at"),
                row.getString("outcome"),
                row.getString("comment"),
                instant(row, "completed_at"),
                row.getString("completed_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static <T> void bind(
            Update insert, String name, Class<T> type, List<Draft> drafts, Function<Draft, T> column) {
        insert.bindArray(name, type, drafts.stream().map(column).toList());
    }
}
