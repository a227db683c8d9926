package io.regulars.campaign.guardrail;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// What people have to be told of a campaign, each thing once.
@ApplicationScoped
public class Notices {

    /// @param kind `budget`, `audience-size`, `approval`
    public record Notice(Instant at, String kind, String text) {}

    private static final int MOST = 50;

    private static final String SAY = """
            insert into campaign_notice (merchant_id, campaign_id, key, kind, text, at)
            values (:merchant, :campaign, :key, :kind, :text, :now)
            on conflict on constraint campaign_notice_once do nothing
            """;

    private static final String OF = """
            select at, kind, text from campaign_notice where merchant_id = :merchant and campaign_id = :campaign
            order by id desc limit :most
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Notices(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// In the caller's transaction.
    ///
    /// @param key names what happened, so that it is said once
    public void say(int merchant, long campaign, String key, String kind, String text) {
        jdbi.useHandle(handle -> handle.createUpdate(SAY)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .bind("key", key)
                .bind("kind", kind)
                .bind("text", text)
                .bind("now", clock.instant())
                .execute());
    }

    /// The latest first, so many as a page can show.
    public List<Notice> of(int merchant, long campaign) {
        return jdbi.withHandle(handle -> handle.createQuery(OF)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .bind("most", MOST)
                .map((row, context) -> new Notice(row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3)))
                .list());
    }
}
