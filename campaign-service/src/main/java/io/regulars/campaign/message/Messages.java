package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.CampaignResumed;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Question;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;

/// Plans messages: one for each customer, cause, step and channel.
@ApplicationScoped
public class Messages {

    /// A message to plan.
    public record Draft(
            Plan.Key campaign, CustomerKey customer, long enrolmentId, String occurrence, int step, Channel channel) {}

    private static final String PLAN = """
            insert into message (merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
              state, reason, due_at, planned_at, updated_at, trail)
            select merchant_id, customer_id, campaign_id, revision, enrolment_id, occurrence, step, channel,
              state, reason, due_at, :now, :now,
              jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
                'at', :at::text, 'state', state, 'reason', reason, 'until', until)))
            from jsonb_to_recordset(:rows::jsonb) as r (merchant_id int, customer_id bigint, campaign_id bigint,
              revision int, enrolment_id bigint, occurrence text, step int, channel text, state text, reason text,
              due_at timestamptz, until text)
            on conflict on constraint message_once_for_a_cause do nothing
            """;

    private static final String UNPARK = """
            update message set parked = false where merchant_id = :merchant and campaign_id = :campaign and parked
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final Dispatch dispatch;

    Messages(Jdbi jdbi, ObjectMapper json, Clock clock, AfterCommit afterCommit, Dispatch dispatch) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
        this.afterCommit = afterCommit;
        this.dispatch = dispatch;
    }

    /// In the caller's transaction. A message that surely will not go out is planned as skipped, with its reason.
    @Transactional(Transactional.TxType.MANDATORY)
    public void plan(List<Draft> drafts, Answers answers) {
        if (drafts.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        var gate = new Gate(answers, now);
        ArrayNode rows = json.createArrayNode();
        drafts.forEach(draft -> rows.add(row(draft, gate, now)));
        jdbi.useHandle(handle -> handle.createUpdate(PLAN)
                .bind("rows", rows.toString())
                .bind("now", now)
                .bind("at", now.toString())
                .execute());
        afterCommit.run(dispatch::wake);
    }

    void unpark(@Observes CampaignResumed resumed) {
        jdbi.useHandle(handle -> handle.createUpdate(UNPARK)
                .bind("merchant", resumed.merchantId())
                .bind("campaign", resumed.campaignId())
                .execute());
        afterCommit.run(dispatch::wake);
    }

    private ObjectNode row(Draft draft, Gate gate, Instant now) {
        ObjectNode row = json.createObjectNode()
                .put("merchant_id", draft.customer().merchantId())
                .put("customer_id", draft.customer().customerId())
                .put("campaign_id", draft.campaign().campaignId())
                .put("revision", draft.campaign().revision())
                .put("enrolment_id", draft.enrolmentId())
                .put("occurrence", draft.occurrence())
                .put("step", draft.step())
                .put("channel", ChannelNames.of(draft.channel()));
        var question = new Question(draft.campaign(), draft.customer(), draft.occurrence());
        switch (gate.decide(question, draft.channel())) {
            case Verdict.Go _, Verdict.Park _ -> row.put("state", "planned").put("due_at", now.toString());
            case Verdict.Hold(var until, var reason) ->
                row.put("state", "held")
                        .put("reason", reason)
                        .put("due_at", until.toString())
                        .put("until", until.toString());
            case Verdict.Skip(var reason) -> row.put("state", "skipped").put("reason", reason);
        }
        return row;
    }
}
