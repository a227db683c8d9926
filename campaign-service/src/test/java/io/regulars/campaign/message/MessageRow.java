package io.regulars.campaign.message;

import java.time.Instant;
import java.util.Map;

import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// A message of a broadcast by e-mail, as it lies in the table.
record MessageRow(MessageKey key, long campaign) {

    private static final String INSERT = """
            with made as (
              insert into campaign (merchant_id, revision, name, state, salt, definition, created_by, created_at,
                updated_at, activated_at)
              values (:m, 1, 'n', :campaign, 's', :d::jsonb, 'test', now(), now(), now())
              returning merchant_id, id
            ), saved as (
              insert into campaign_revision select merchant_id, id, 1, :d::jsonb, now(), 'test' from made
            ), enrolled as (
              insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, state, enrolled_at,
                updated_at)
              select merchant_id, 1, id, 1, 'broadcast', 'finished', now(), now() from made
              returning merchant_id, id, campaign_id
            )
            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
              state, claim, lease_until, counted_at, planned_at, updated_at)
            select merchant_id, 1, campaign_id, 1, id, 'broadcast', 0, 'email', :state, :claim,
              case when :state in ('claimed', 'transmitting') then now() + interval '1 hour' end, now(), now(), now()
            from enrolled
            returning merchant_id, customer_id, id, campaign_id
            """;

    private static final String DEFINITION = """
            {"name": "n", "trigger": {"type": "broadcast"}, "steps": [{"type": "send", "channel": "email",
             "template": {"subject": "s", "text": "t"}}]}
            """;

    /// @param claim of the worker in whose hands it is
    static MessageRow insert(Jdbi jdbi, int merchant, String campaign, String state, String claim) {
        return jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("m", merchant)
                .bind("campaign", campaign)
                .bind("d", DEFINITION)
                .bind("state", state)
                .bind("claim", claim)
                .map((row, context) ->
                        new MessageRow(new MessageKey(row.getInt(1), row.getLong(2), row.getLong(3)), row.getLong(4)))
                .one());
    }

    Claimed claimed() {
        return new Claimed(key, campaign, 1, "broadcast", 0, Channel.EMAIL, 0, Instant.EPOCH, false, null, Map.of());
    }

    String now(Jdbi jdbi, String column) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + column + "::text from message where merchant_id = :m and id = :id")
                .bind("m", key.merchantId())
                .bind("id", key.id())
                .mapTo(String.class)
                .one());
    }
}
