package io.regulars.campaign.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps the merchants' webhooks.
@ApplicationScoped
public class Webhooks {

    static final String ID = "whk";

    record Webhook(long id, String url, String description, Instant createdAt) {}

    /// @param secret shown once
    record Made(Webhook webhook, String secret) {}

    /// One after the other, so that the limit holds.
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(:merchant, hashtext('webhook'))";

    private static final String COUNT =
            "select count(*) from webhook where merchant_id = :merchant and deleted_at is null";

    private static final String ADD = """
            insert into webhook (merchant_id, url, description, secret, created_at, created_by)
            values (:merchant, :url, :description, :secret, :now, :actor)
            returning *
            """;

    private static final String LIST = """
            select * from webhook where merchant_id = :merchant and deleted_at is null and id > :after
            order by id limit :limit
            """;

    private static final String FIND =
            "select * from webhook where merchant_id = :merchant and id = :id and deleted_at is null";

    /// Its log stays until it is old.
    private static final String DELETE = """
            with gone as (
              update webhook set deleted_at = :now where merchant_id = :merchant and id = :id and deleted_at is null
              returning merchant_id, id)
            update outgoing_webhook o set state = 'failed', due_at = null, done_at = :now, claim = null,
              trail = trail || jsonb_build_array(jsonb_build_object('at', :at::text, 'error', 'the webhook was deleted'))
            from gone where o.merchant_id = gone.merchant_id and o.webhook_id = gone.id and o.state = 'waiting'
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
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String url = fields.required("url", fields.text("url", 2_000));
        String description = fields.text("description", 200);
        fields.done();
        if (url != null) {
            check(url, faults);
        }
        faults.throwIfAny();
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
                    .bind("url", url)
                    .bind("description", description)
                    .bind("secret", secret)
                    .bind("now", clock.instant())
                    .bind("actor", actor)
                    .map((row, context) -> webhook(row))
                    .one();
            return new Made(made, secret);
        });
    }

    private void check(String url, Faults faults) {
        var addresses = new Addresses(config.allowLoopback());
        try {
            Target.parse(url, addresses).check(addresses);
        } catch (RefusedException e) {
            faults.add("url", e.getMessage());
        }
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
        Instant now = clock.instant();
        jdbi.useHandle(handle -> handle.createUpdate(DELETE)
                .bind("merchant", merchant)
                .bind("id", webhook.id())
                .bind("now", now)
                .bind("at", now.toString())
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
                row.getString("url"),
                row.getString("description"),
                row.getTimestamp("created_at").toInstant());
    }
}
