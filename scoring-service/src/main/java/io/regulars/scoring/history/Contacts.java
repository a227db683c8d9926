package io.regulars.scoring.history;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.events.EngagementRecorded;
import io.regulars.scoring.rows.Columns;
import org.jdbi.v3.core.Jdbi;

/// When which campaign wrote to a customer. No score goes by it.
@ApplicationScoped
public class Contacts {

    private static final String RECORD = """
            insert into contact (merchant_id, customer_id, at, campaign_id)
            select distinct :merchant, customer_id, at, campaign_id
            from unnest(:customers::bigint[], :at::text[]::timestamptz[], :campaigns::bigint[])
              as c (customer_id, at, campaign_id)
            on conflict do nothing
            """;

    private final Jdbi jdbi;

    Contacts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Of the events, those that say that a message was sent.
    public void record(int merchant, List<EngagementRecorded> events) {
        var sent = events.stream().filter(event -> event.kind().equals("sent")).toList();
        if (sent.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> Columns.of(handle.createUpdate(RECORD).bind("merchant", merchant), sent)
                .longs("customers", EngagementRecorded::customerId)
                .texts("at", EngagementRecorded::at)
                .longs("campaigns", EngagementRecorded::campaignId)
                .bound()
                .execute());
    }
}
