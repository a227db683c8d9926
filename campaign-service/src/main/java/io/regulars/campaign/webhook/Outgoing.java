package io.regulars.campaign.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.work.AfterCommit;
import io.regulars.kit.id.PublicId;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;

/// Queues calls, one for an enrolment and step. The body names the customer by id and holds nothing personal.
@ApplicationScoped
public class Outgoing {

    /// @param context what the enrolment's cause names, and its coupon
    public record Draft(
            CustomerKey customer,
            long webhookId,
            String event,
            long campaignId,
            long enrolmentId,
            int step,
            String occurrence,
            Map<String, String> context) {}

    /// Where the webhook was deleted meanwhile there is nothing to call, and the journey goes on; where it
    /// is disabled its log says so.
    private static final String QUEUE = """
            insert into outgoing_webhook (merchant_id, webhook_id, message_id, event, body, customer_id, enrolment_id,
              step, state, due_at, done_at, trail, created_at)
            select r.merchant_id, r.webhook_id, r.message_id, r.event, r.body, r.customer_id, r.enrolment_id, r.step,
              case when w.disabled_at is null then 'waiting' else 'failed' end,
              case when w.disabled_at is null then :now::timestamptz end,
              case when w.disabled_at is not null then :now::timestamptz end,
              case when w.disabled_at is null then '[]'::jsonb
                else jsonb_build_array(jsonb_build_object('at', :at::text, 'error', 'the webhook is disabled')) end,
              :now
            from unnest(:merchants::int[], :webhooks::bigint[], :messages::text[], :events::text[], :bodies::text[],
                :customers::bigint[], :enrolments::bigint[], :steps::int[])
              as r (merchant_id, webhook_id, message_id, event, body, customer_id, enrolment_id, step)
            join webhook w on w.merchant_id = r.merchant_id and w.id = r.webhook_id and w.deleted_at is null
            on conflict do nothing
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final AfterCommit afterCommit;
    private final Deliveries deliveries;

    Outgoing(Jdbi jdbi, ObjectMapper json, AfterCommit afterCommit, Deliveries deliveries) {
        this.jdbi = jdbi;
        this.json = json;
        this.afterCommit = afterCommit;
        this.deliveries = deliveries;
    }

    /// In the caller's transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    public void queue(List<Draft> drafts, Instant now) {
        if (drafts.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            Update insert = handle.createUpdate(QUEUE).bind("now", now).bind("at", now.toString());
            bind(
                    insert,
                    "merchants",
                    Integer.class,
                    drafts,
                    draft -> draft.customer().merchantId());
            bind(insert, "webhooks", Long.class, drafts, Draft::webhookId);
            bind(insert, "messages", String.class, drafts, Outgoing::messageId);
            bind(insert, "events", String.class, drafts, Draft::event);
            bind(insert, "bodies", String.class, drafts, draft -> body(draft, now));
            bind(
                    insert,
                    "customers",
                    Long.class,
                    drafts,
                    draft -> draft.customer().customerId());
            bind(insert, "enrolments", Long.class, drafts, Draft::enrolmentId);
            bind(insert, "steps", Integer.class, drafts, Draft::step);
            insert.execute();
        });
        afterCommit.run(deliveries::wake);
    }

    private static String messageId(Draft draft) {
        return PublicId.format("msg", draft.enrolmentId()) + "_" + draft.step();
    }

    /// `type`, `timestamp` and `data`, as Standard Webhooks proposes it.
    private String body(Draft draft, Instant now) {
        ObjectNode body = json.createObjectNode().put("type", draft.event()).put("timestamp", now.toString());
        ObjectNode data = body.putObject("data")
                .put("campaignId", PublicId.format("cmp", draft.campaignId()))
                .put("enrolmentId", PublicId.format("enr", draft.enrolmentId()))
                .put("customerId", Customers.publicId(draft.customer().customerId()))
                .put("occurrence", draft.occurrence())
                .put("step", draft.step());
        data.set("context", json.valueToTree(draft.context()));
        return body.toString();
    }

    private static <T> void bind(
            Update insert, String name, Class<T> type, List<Draft> drafts, Function<Draft, T> column) {
        insert.bindArray(name, type, drafts.stream().map(column).toList());
    }
}
