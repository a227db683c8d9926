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
            List<String> secrets) {}

    /// One try.
    ///
    /// @param status of HTTP, null where no answer came
    /// @param error null where it was delivered
    /// @param answer the begin of what was answered, or null
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Try(Instant at, Integer status, String error, String answer) {}

    record Logged(
            long id,
            String messageId,
            String event,
            Long customerId,
            Long enrolmentId,
            Integer step,
            String state,
            int attempts,
            Instant dueAt,
            Instant createdAt,
            Instant doneAt,
            List<Try> tries) {}

    private static final int SOME = 1_000;
    private static final TypeReference<List<Try>> TRIES = new TypeReference<>() {};

    /// From one webhook with something to do to the next, a few of each, of those that nothing is under way
    /// for: one with thousands that are due holds up none. Those that do not answer come last, one call
    /// each, and leave room.
    private static final String TAKE = """
            with recursive hook as (
              (select merchant_id, webhook_id from outgoing_webhook where due_at is not null
                order by merchant_id, webhook_id limit 1)
              union all
              select n.merchant_id, n.webhook_id from hook h cross join lateral (
                select o.merchant_id, o.webhook_id from outgoing_webhook o
                where o.due_at is not null and (o.merchant_id, o.webhook_id) > (h.merchant_id, h.webhook_id)
                order by o.merchant_id, o.webhook_id limit 1) n),
            few as (
              select f.merchant_id, f.id, f.due_at, w.failing_since is not null as failing
              from hook h
              join webhook w on w.merchant_id = h.merchant_id and w.id = h.webhook_id
                and w.deleted_at is null and w.disabled_at is null
              cross join lateral (
                select o.merchant_id, o.id, o.due_at from outgoing_webhook o
                where o.merchant_id = h.merchant_id and o.webhook_id = h.webhook_id and o.due_at <= :now
                order by o.due_at limit case when w.failing_since is null then :each else 1 end) f
              where not h.webhook_id = any(:busy)),
            placed as (
              select f.*, row_number() over (partition by failing order by due_at) as place from few f),
            taken as (
              select o.merchant_id, o.id from outgoing_webhook o
              join placed f on f.merchant_id = o.merchant_id and f.id = o.id
              where o.due_at <= :now and (not f.failing or f.place <= :failing)
              order by f.failing, f.due_at limit :limit
              for update of o skip locked)
            update outgoing_webhook o set due_at = :lost, claim = :claim, attempts = o.attempts + 1
            from taken t, webhook w
            where o.merchant_id = t.merchant_id and o.id = t.id and w.merchant_id = o.merchant_id and w.id = o.webhook_id
            returning o.*, w.url, w.secret, case when w.secret_before_until > :now then w.secret_before end as secret_before
            """;

    private static final String RESULT = """
            update outgoing_webhook set state = :state, due_at = :due, done_at = :done, claim = null,
              trail = case when jsonb_array_length(trail) < 40 then trail else trail - 0 end || :entry::jsonb
            where merchant_id = :merchant and id = :id and state = 'waiting' and claim = :claim
            """;

    /// Of webhooks that are not called any more, some at a time.
    private static final String GIVE_UP = """
            with stray as (
              select o.merchant_id, o.id,
                case when w.deleted_at is null then 'the webhook is disabled' else 'the webhook was deleted' end as why
              from webhook w
              cross join lateral (
                select s.merchant_id, s.id from outgoing_webhook s
                where s.merchant_id = w.merchant_id and s.webhook_id = w.id and s.due_at is not null limit 1000) o
              where w.deleted_at is not null or w.disabled_at is not null
              limit 1000)
            update outgoing_webhook o set state = 'failed', due_at = null, done_at = :now, claim = null,
              trail = o.trail || jsonb_build_array(jsonb_build_object('at', :at::text, 'error', s.why))
            from stray s where o.merchant_id = s.merchant_id and o.id = s.id and o.state = 'waiting'
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
    private final Health health;

    OutgoingRows(Jdbi jdbi, ObjectMapper json, Health health) {
        this.jdbi = jdbi;
        this.json = json;
        this.health = health;
    }

    /// @param lost when they may be taken again where no result was written
    /// @param each at most so many of one webhook
    /// @param failing at most so many of webhooks that do not answer
    /// @param busy webhooks to leave alone
    List<Due> take(Instant now, Instant lost, int limit, int each, int failing, Collection<Long> busy) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(TAKE)
                        .bind("now", now)
                        .bind("lost", lost)
                        .bind("limit", limit)
                        .bind("each", each)
                        .bind("failing", failing)
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
                                secrets(row)))
                        .list()));
    }

    private static List<String> secrets(ResultSet row) throws SQLException {
        String before = row.getString("secret_before");
        return before == null ? List.of(row.getString("secret")) : List.of(row.getString("secret"), before);
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
        if (answer.excerpt() != null) {
            entry.put("answer", answer.excerpt());
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
                    health.note(due, answer, now);
                }));
    }

    /// @return whether there may be more
    boolean tidy(Instant now, Instant before) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> {
                    int givenUp = handle.createUpdate(GIVE_UP)
                            .bind("now", now)
                            .bind("at", now.toString())
                            .execute();
                    int forgotten =
                            handle.createUpdate(FORGET).bind("before", before).execute();
                    return Math.max(givenUp, forgotten) == SOME;
                }));
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

    Logged logged(ResultSet row) throws SQLException {
        try {
            return new Logged(
                    row.getLong("id"),
                    row.getString("message_id"),
                    row.getString("event"),
                    row.getObject("customer_id", Long.class),
                    row.getObject("enrolment_id", Long.class),
                    row.getObject("step", Integer.class),
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
