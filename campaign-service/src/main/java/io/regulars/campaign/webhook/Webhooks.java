package io.regulars.campaign.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps the merchants' webhooks.
@ApplicationScoped
public class Webhooks {

    static final String ID = "whk";

    /// @param events the types of what it is told; none where only journeys call it
    /// @param secretBeforeUntil until when the secret before the present one signs too; null where none does
    /// @param failingSince since when no call was answered well; null while they are
    /// @param disabledReason null while it is enabled, as `disabledAt`
    /// @param dropped events that found its queue full, the last at `droppedAt`
    record Webhook(
            long id,
            int revision,
            String url,
            String description,
            List<String> events,
            Instant createdAt,
            Instant secretBeforeUntil,
            Instant failingSince,
            Instant disabledAt,
            String disabledReason,
            long dropped,
            Instant droppedAt) {}

    /// @param secret shown once
    record Made(Webhook webhook, String secret) {}

    /// One after the other, so that the limit holds.
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(:merchant, hashtext('webhook'))";

    private static final String COUNT =
            "select count(*) from webhook where merchant_id = :merchant and deleted_at is null";

    private static final String ADD = """
            insert into webhook (merchant_id, url, description, events, secret, created_at, created_by)
            values (:merchant, :url, :description, :events, :secret, :now, :actor)
            returning *
            """;

    private static final String CHANGE = """
            update webhook set url = :url, description = :description, events = :events, revision = revision + 1
            where merchant_id = :merchant and id = :id and deleted_at is null
              and (:revision::int is null or revision = :revision)
            returning *
            """;

    private static final String LIST = """
            select * from webhook where merchant_id = :merchant and deleted_at is null and id > :after
            order by id limit :limit
            """;

    private static final String FIND =
            "select * from webhook where merchant_id = :merchant and id = :id and deleted_at is null";

    /// It is called no more; what waits for it is given up by whoever tidies, some at a time.
    private static final String DELETE = """
            update webhook set deleted_at = :now where merchant_id = :merchant and id = :id and deleted_at is null
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final WebhookConfig config;

    Webhooks(Jdbi jdbi, Clock clock, WebhookConfig config) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
    }

    static String publicId(long webhook) {
        return PublicId.format(ID, webhook);
    }

    public static Optional<Long> parse(String text) {
        var id = PublicId.parse(ID, text);
        return id.isPresent() ? Optional.of(id.getAsLong()) : Optional.empty();
    }

    public boolean exists(int merchant, long id) {
        return found(merchant, id).isPresent();
    }

    @Transactional
    Made add(int merchant, String actor, JsonNode body) {
        WebhookDraft draft = read(body);
        return jdbi.withHandle(handle -> {
            handle.createQuery(ONE_AT_A_TIME)
                    .bind("merchant", merchant)
                    .map((row, context) -> true)
                    .one();
            int count = handle.createQuery(COUNT)
                    .bind("merchant", merchant)
                    .mapTo(Integer.class)
                    .one();
            if (count >= config.most()) {
                throw Problems.conflict("there are " + count + " webhooks already, which is as many as there may be");
            }
            String secret = Signature.newSecret();
            Webhook made = handle.createQuery(ADD)
                    .bind("merchant", merchant)
                    .bind("url", draft.url())
                    .bind("description", draft.description())
                    .bindArray("events", String.class, draft.events())
                    .bind("secret", secret)
                    .bind("now", clock.instant())
                    .bind("actor", actor)
                    .map((row, context) -> webhook(row))
                    .one();
            return new Made(made, secret);
        });
    }

    private WebhookDraft read(JsonNode body) {
        return WebhookDraft.read(body, new Addresses(config.allowLoopback()));
    }

    /// As a whole: what is left out is gone. The secret stays.
    ///
    /// @param revision the one that was read, or null for whichever it is
    @Transactional
    Webhook change(int merchant, String id, JsonNode body, Integer revision) {
        Webhook webhook = find(merchant, id);
        WebhookDraft draft = read(body);
        return jdbi.withHandle(handle -> handle.createQuery(CHANGE)
                        .bind("url", draft.url())
                        .bind("description", draft.description())
                        .bindArray("events", String.class, draft.events())
                        .bind("merchant", merchant)
                        .bind("id", webhook.id())
                        .bind("revision", revision)
                        .map((row, context) -> webhook(row))
                        .findOne())
                .orElseThrow(() -> Problems.preconditionFailed(
                        "the webhook was changed since: it is at revision " + webhook.revision()));
    }

    List<Webhook> after(int merchant, long id, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", id)
                .bind("limit", limit)
                .map((row, context) -> webhook(row))
                .list());
    }

    Webhook find(int merchant, String id) {
        return parse(id).flatMap(number -> found(merchant, number)).orElseThrow(() -> Problems.notFound("webhook", id));
    }

    @Transactional
    void delete(int merchant, String id) {
        Webhook webhook = find(merchant, id);
        jdbi.useHandle(handle -> handle.createUpdate(DELETE)
                .bind("merchant", merchant)
                .bind("id", webhook.id())
                .bind("now", clock.instant())
                .execute());
    }

    private Optional<Webhook> found(int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("id", id)
                .map((row, context) -> webhook(row))
                .findOne());
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                row.getLong("id"),
                row.getInt("revision"),
                row.getString("url"),
                row.getString("description"),
                List.of((String[]) row.getArray("events").getArray()),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "secret_before_until"),
                instant(row, "failing_since"),
                instant(row, "disabled_at"),
                row.getString("disabled_reason"),
                row.getLong("dropped"),
                instant(row, "dropped_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
