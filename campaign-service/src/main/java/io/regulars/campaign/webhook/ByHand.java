package io.regulars.campaign.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.webhook.OutgoingRows.Logged;
import io.regulars.campaign.webhook.Webhooks.Webhook;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Calls that people ask for: one more delivery of what is in the log, and a test.
@ApplicationScoped
class ByHand {

    static final String ID = "whd";

    private static final String FIND = """
            select * from outgoing_webhook where merchant_id = :merchant and webhook_id = :webhook and id = :id
            for no key update
            """;

    /// With the same id and body, and all tries anew. One in a worker's hands is being delivered.
    private static final String AGAIN = """
            update outgoing_webhook set state = 'waiting', due_at = :now, done_at = null, attempts = 0
            where merchant_id = :merchant and id = :id and claim is null
            returning *
            """;

    private static final String TEST = """
            insert into outgoing_webhook (merchant_id, webhook_id, message_id, event, body, due_at, created_at)
            values (:merchant, :webhook, :message, :event, :body, :now, :now)
            returning *
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final ObjectMapper json;
    private final Webhooks webhooks;
    private final OutgoingRows rows;
    private final AfterCommit afterCommit;
    private final Deliveries deliveries;

    ByHand(
            Jdbi jdbi,
            Clock clock,
            ObjectMapper json,
            Webhooks webhooks,
            OutgoingRows rows,
            AfterCommit afterCommit,
            Deliveries deliveries) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.json = json;
        this.webhooks = webhooks;
        this.rows = rows;
        this.afterCommit = afterCommit;
        this.deliveries = deliveries;
    }

    @Transactional
    Logged redeliver(int merchant, String webhookId, String id) {
        Webhook webhook = enabled(merchant, webhookId);
        long number = PublicId.parse(ID, id).orElseThrow(() -> Problems.notFound("delivery", id));
        Optional<Long> found = jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("webhook", webhook.id())
                .bind("id", number)
                .map((row, context) -> row.getLong("id"))
                .findOne());
        if (found.isEmpty()) {
            throw Problems.notFound("delivery", id);
        }
        Logged again = jdbi.withHandle(handle -> handle.createQuery(AGAIN)
                        .bind("now", clock.instant())
                        .bind("merchant", merchant)
                        .bind("id", number)
                        .map((row, context) -> rows.logged(row))
                        .findOne())
                .orElseThrow(() -> Problems.conflict("the delivery is under way"));
        afterCommit.run(deliveries::wake);
        return again;
    }

    @Transactional
    Logged test(int merchant, String webhookId) {
        Webhook webhook = enabled(merchant, webhookId);
        Instant now = clock.instant();
        String key = "test_" + UUID.randomUUID().toString().replace("-", "");
        News news = News.of(EventType.WEBHOOK_TEST, merchant, null, key, now, "webhookId", webhookId);
        Logged queued = jdbi.withHandle(handle -> handle.createQuery(TEST)
                .bind("merchant", merchant)
                .bind("webhook", webhook.id())
                .bind("message", news.messageId())
                .bind("event", news.type().type())
                .bind("body", news.body(json))
                .bind("now", now)
                .map((row, context) -> rows.logged(row))
                .one());
        afterCommit.run(deliveries::wake);
        return queued;
    }

    private Webhook enabled(int merchant, String id) {
        Webhook webhook = webhooks.find(merchant, id);
        if (webhook.disabledAt() != null) {
            throw Problems.conflict("the webhook is disabled: " + webhook.disabledReason());
        }
        return webhook;
    }
}
