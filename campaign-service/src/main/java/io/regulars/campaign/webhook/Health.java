package io.regulars.campaign.webhook;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.webhook.OutgoingRows.Due;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Since when a webhook answers no call well. One that does not for days, or that says it is gone, is
/// disabled, with the reason for people to read.
@ApplicationScoped
class Health {

    private static final Logger LOG = Logger.getLogger(Health.class);
    private static final int GONE = 410;

    private static final String WELL = """
            update webhook set failing_since = null
            where merchant_id = :merchant and id = :webhook and failing_since is not null
            """;

    private static final String ILL = """
            update webhook set failing_since = coalesce(failing_since, :now),
              disabled_at = case when :gone or failing_since <= :before then :now::timestamptz end,
              disabled_reason = case when :gone then 'it answered 410 Gone'
                when failing_since <= :before then 'no call was answered well since '
                  || to_char(failing_since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '; the last: ' || :error end
            where merchant_id = :merchant and id = :webhook and disabled_at is null
              and (failing_since is null or :gone or failing_since <= :before)
            returning disabled_reason
            """;

    private final Jdbi jdbi;
    private final WebhookConfig config;

    Health(Jdbi jdbi, WebhookConfig config) {
        this.jdbi = jdbi;
        this.config = config;
    }

    /// In the transaction that writes the result.
    void note(Due due, Call.Answer answer, Instant now) {
        if (answer.good()) {
            jdbi.useHandle(handle -> handle.createUpdate(WELL)
                    .bind("merchant", due.merchantId())
                    .bind("webhook", due.webhookId())
                    .execute());
            return;
        }
        jdbi.useHandle(handle -> handle.createQuery(ILL)
                .bind("merchant", due.merchantId())
                .bind("webhook", due.webhookId())
                .bind("gone", answer.status() == GONE)
                .bind("before", now.minus(config.disableAfter()))
                .bind("error", answer.error())
                .bind("now", now)
                .map((row, context) -> row.getString(1))
                .forEach(reason -> {
                    if (reason != null) {
                        LOG.warnf(
                                "webhook %d of merchant %d is disabled: %s", due.webhookId(), due.merchantId(), reason);
                    }
                }));
    }
}
