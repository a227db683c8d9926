package io.regulars.campaign.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// The queued calls in the database, and what came of each try.
@ApplicationScoped
class OutgoingRows {

    /// A call in a worker's hands.
    ///
    /// @param attempts this one among them
    record Due(
            int merchantId,
            long id,
            long webhookId,
            String messageId,
            String body,
            int attempts,
            String claim,
            String url,
            String secret) {}

    /// One try.
    ///
    /// @param status of HTTP, null where no answer came
    /// @param error null where it was delivered
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Try(Instant at, Integer status, String error) {}

    record Logged(
            long id,
            String messageId,
            String event,
            long customerId,
            long enrolmentId,
            int step,
            String state,
            int attempts,
            Instant dueAt,
            Instant createdAt,
            Instant doneAt,
            List<Try> tries) {}

    private static final TypeReference<List<Try>> TRIES = new TypeReference<>() {};

    /// A few of each webhook, of those that nothing is under way for: one with thousands that are due holds up
    /// none.
    private static final String TAKE = """
            with due as materialized (
              select merchant_id, id, webhook_id, due_at from outgoing_webhook
              where due_at <= :now and not webhook_id = any(:busy)
              order by due_at limit 1000),
            few as (
              select merchant_id, id, row_number() over (partition by merchant_id, webhook_id order by due_at) as place
              from due),
            taken as (
              select o.merchant_id, o.id from outgoing_webhook o join few f on f.merchant_id = o.merchant_id and f.id = o.id
              where f.place <= :each and o.due_at <= :now
              order by o.due_at limit :limit
              for update of o skip locked)
            update outgoing_webhook o set due_at = :lost, claim = :claim, attempts = o.attempts + 1
            from taken t, webhook w
            where o.merchant_id = t.merchant_id and o.id = t.id and w.merchant_id = o.merchant_id and w.id = o.webhook_id
            returning o.*, w.url, w.secret
            """;

    private static final String RESULT = """
            update outgoing_webhook set state = :state, due_at = :due, done_at = :done, claim = null,
              trail = trail || :entry::jsonb
            where merchant_id = :merchant and id = :id and state = 'waiting' and claim = :claim
            """;

    private static final String FORGET = """
            delete from outgoing_webhook where (merchant_id, id) in (
              select merchant_id, id from outgoing_webhook where done_at < :before order by done_at limit 1000
              for update skip locked)
            """;

    private static final String LOG = """
            select * from outgoing_webhook
            where merchant_id = :merchant and webhook_id = :webhook and (:before = 0 or id < :before)
              and (:state::text is null or state = :state)
            order by id desc limit :limit
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    OutgoingRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// @param lost when they may be taken again where no result was written
    /// @param each at most so many of one webhook
    /// @param busy webhooks to leave alone
    List<Due> take(Instant now, Instant lost, int limit, int each, Collection<Long> busy) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(TAKE)
                        .bind("now", now)
                        .bind("lost", lost)
                        .bind("limit", limit)
                        .bind("each", each)
                        .bind("claim", UUID.randomUUID().toString())
                        .bindArray("busy", Long.class, List.copyOf(busy))
                        .map((row, context) -> new Due(
                                row.getInt("merchant_id"),
                                row.getLong("id"),
                                row.getLong("webhook_id"),
                                row.getString("message_id"),
                                row.getString("body"),
                                row.getInt("attempts"),
                                row.getString("claim"),
                                row.getString("url"),
                                row.getString("secret")))
                        .list()));
    }

    void delivered(Due due, Call.Answer answer, Instant now) {
        write(due, "delivered", answer, now, null);
    }

    void again(Due due, Call.Answer answer, Instant now, Instant dueAt) {
        write(due, "waiting", answer, now, dueAt);
    }

    void failed(Due due, Call.Answer answer, Instant now) {
        write(due, "failed", answer, now, null);
    }

    private void write(Due due, String state, Call.Answer answer, Instant now, Instant dueAt) {
        ObjectNode entry = json.createObjectNode().put("at", now.toString());
        if (answer.status() > 0) {
            entry.put("status", answer.status());
        }
        if (answer.error() != null) {
            entry.put("error", answer.error());
        }
        QuarkusTransaction.requiringNew()
                .run(() -> jdbi.useHandle(handle -> {
                    Update update = handle.createUpdate(RESULT)
                            .bind("state", state)
                            .bind("due", dueAt)
                            .bind("done", dueAt == null ? now : null)
                            .bind("entry", json.createArrayNode().add(entry).toString())
                            .bind("merchant", due.merchantId())
                            .bind("id", due.id())
                            .bind("claim", due.claim());
                    update.execute();
                }));
    }

    void forget(Instant before) {
        QuarkusTransaction.requiringNew()
                .run(() -> jdbi.useHandle(handle ->
                        handle.createUpdate(FORGET).bind("before", before).execute()));
    }

    /// The latest first.
    ///
    /// @param state null for all
    /// @param before the id of the last one seen, 0 for the first page
    List<Logged> log(int merchant, long webhook, String state, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LOG)
                .bind("merchant", merchant)
                .bind("webhook", webhook)
                .bind("state", state)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> logged(row))
                .list());
    }

    private Logged logged(ResultSet row) throws SQLException {
        try {
            return new Logged(
                    row.getLong("id"),
                    row.getString("message_id"),
                    row.getString("event"),
                    row.getLong("customer_id"),
                    row.getLong("enrolment_id"),
                    row.getInt("step"),
                    row.getString("state"),
                    row.getInt("attempts"),
                    instant(row, "due_at"),
                    instant(row, "created_at"),
                    instant(row, "done_at"),
                    json.readValue(row.getString("trail"), TRIES));
        } catch (IOException e) {
            throw new UncheckedIOException("a call's trail is unreadable", e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
