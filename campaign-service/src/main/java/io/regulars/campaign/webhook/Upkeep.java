package io.regulars.campaign.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.webhook.Webhooks.Made;
import io.regulars.campaign.webhook.Webhooks.Webhook;
import org.jdbi.v3.core.Jdbi;

/// What people do with a webhook while it works: another secret, off, on again.
@ApplicationScoped
class Upkeep {

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    /// A secret that was being changed already signs no more.
    private static final String ROTATE = """
            update webhook set secret_before = secret, secret_before_until = :until, secret = :secret,
              revision = revision + 1
            where merchant_id = :merchant and id = :id
            """;

    private static final String DISABLE = """
            update webhook set disabled_at = :now, disabled_reason = :reason, revision = revision + 1
            where merchant_id = :merchant and id = :id and disabled_at is null
            """;

    private static final String ENABLE = """
            update webhook set disabled_at = null, disabled_reason = null, failing_since = null, revision = revision + 1
            where merchant_id = :merchant and id = :id and disabled_at is not null
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final WebhookConfig config;
    private final Webhooks webhooks;

    Upkeep(Jdbi jdbi, Clock clock, WebhookConfig config, Webhooks webhooks) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.config = config;
        this.webhooks = webhooks;
    }

    /// @param body `overlap`, for how long the present secret signs too; or null
    @Transactional
    Made rotate(int merchant, String id, JsonNode body) {
        Duration overlap = overlap(body);
        Webhook webhook = webhooks.find(merchant, id);
        String secret = Signature.newSecret();
        Instant until = clock.instant().plus(overlap == null ? config.overlap() : overlap);
        jdbi.useHandle(handle -> handle.createUpdate(ROTATE)
                .bind("until", until)
                .bind("secret", secret)
                .bind("merchant", merchant)
                .bind("id", webhook.id())
                .execute());
        return new Made(webhooks.find(merchant, id), secret);
    }

    private static Duration overlap(JsonNode body) {
        if (body == null || body.isNull()) {
            return null;
        }
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        Duration overlap = fields.duration("overlap");
        fields.done();
        if (overlap != null && overlap.compareTo(LONGEST_OVERLAP) > 0) {
            fields.fault("overlap", "must be at most P30D");
        }
        faults.throwIfAny();
        return overlap;
    }

    /// What waits for it is given up.
    @Transactional
    Webhook disable(int merchant, String actor, String id) {
        Webhook webhook = webhooks.find(merchant, id);
        jdbi.useHandle(handle -> handle.createUpdate(DISABLE)
                .bind("now", clock.instant())
                .bind("reason", "by " + actor)
                .bind("merchant", merchant)
                .bind("id", webhook.id())
                .execute());
        return webhooks.find(merchant, id);
    }

    /// It hears of what happens from now on.
    @Transactional
    Webhook enable(int merchant, String id) {
        Webhook webhook = webhooks.find(merchant, id);
        jdbi.useHandle(handle -> handle.createUpdate(ENABLE)
                .bind("merchant", merchant)
                .bind("id", webhook.id())
                .execute());
        return webhooks.find(merchant, id);
    }
}
