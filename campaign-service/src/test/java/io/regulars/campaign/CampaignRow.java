package io.regulars.campaign;

import java.time.Duration;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A campaign as it lies in the database, for tests that need no API for it; its merchant has guardrails then.
public final class CampaignRow {

    private static final String INSERT = """
            with made as (
              insert into campaign (merchant_id, revision, name, state, salt, definition, created_by, created_at, updated_at,
                activated_at, expected_audience)
              values (:m, 1, 'n', :state, 's', :d::jsonb, 'test', now(), now(), now() - :age * interval '1 second', :expected)
              returning merchant_id, id
            ), saved as (
              insert into campaign_revision select merchant_id, id, 1, :d::jsonb, now(), 'test' from made
            ), rails as (
              insert into guardrail values (:m, 1, :rails::jsonb, now(), 'test') on conflict do nothing
            )
            select id from made
            """;

    private final int merchant;
    private final String definition;
    private String state = "active";
    private String guardrails = "{}";
    private Duration activatedAgo = Duration.ZERO;
    private Integer expected;

    private CampaignRow(int merchant, String definition) {
        this.merchant = merchant;
        this.definition = definition;
    }

    /// One that is active since now.
    public static CampaignRow of(int merchant, String definition) {
        return new CampaignRow(merchant, definition);
    }

    public CampaignRow state(String state) {
        this.state = state;
        return this;
    }

    public CampaignRow activatedAgo(Duration activatedAgo) {
        this.activatedAgo = activatedAgo;
        return this;
    }

    /// @param expected how many its audience has; null where nobody said
    public CampaignRow expecting(Integer expected) {
        this.expected = expected;
        return this;
    }

    /// Where the merchant has none yet.
    public CampaignRow guardrails(String guardrails) {
        this.guardrails = guardrails;
        return this;
    }

    public long insert(Jdbi jdbi) {
        return jdbi.withHandle(this::insert);
    }

    public long insert(Handle handle) {
        return handle.createQuery(INSERT)
                .bind("m", merchant)
                .bind("state", state)
                .bind("d", definition)
                .bind("age", activatedAgo.toSeconds())
                .bindBySqlType("expected", expected, java.sql.Types.INTEGER)
                .bind("rails", guardrails)
                .mapTo(Long.class)
                .one();
    }
}
