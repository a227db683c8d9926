package io.regulars.campaign.journey;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.kit.fault.KillPoint;
import org.jdbi.v3.core.Jdbi;

/// Enrols customers: once for each cause, however often it is told.
@ApplicationScoped
public class Enrolments {

    /// A customer to enrol.
    public record Entry(Plan campaign, long customerId, Cause cause) {}

    private static final String ENROL = """
            insert into enrolment (merchant_id, customer_id, campaign_id, revision, occurrence, due_at, context,
              enrolled_at, updated_at)
            select merchant_id, customer_id, campaign_id, revision, occurrence, :now, context, :now, :now
            from jsonb_to_recordset(:rows::jsonb) as r (merchant_id int, customer_id bigint, campaign_id bigint,
              revision int, occurrence text, context jsonb)
            order by merchant_id, campaign_id, customer_id, occurrence
            on conflict on constraint enrolment_once_for_a_cause do nothing
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final Journeys journeys;

    Enrolments(Jdbi jdbi, ObjectMapper json, Clock clock, AfterCommit afterCommit, Journeys journeys) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
        this.afterCommit = afterCommit;
        this.journeys = journeys;
    }

    /// In the caller's transaction.
    ///
    /// @return how many were not enrolled before
    @Transactional(Transactional.TxType.MANDATORY)
    public int enrol(List<Entry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        ArrayNode rows = json.createArrayNode();
        entries.forEach(entry -> rows.addObject()
                .put("merchant_id", entry.campaign().merchantId())
                .put("customer_id", entry.customerId())
                .put("campaign_id", entry.campaign().campaignId())
                .put("revision", entry.campaign().revision())
                .put("occurrence", entry.cause().occurrence())
                .set("context", json.valueToTree(entry.cause().context())));
        Instant now = clock.instant();
        int enrolled = jdbi.withHandle(handle -> handle.createUpdate(ENROL)
                .bind("rows", rows.toString())
                .bind("now", now)
                .execute());
        afterCommit.run(journeys::wake);
        KillPoint.ENROLMENT_IN_TRANSACTION.reach();
        return enrolled;
    }
}
