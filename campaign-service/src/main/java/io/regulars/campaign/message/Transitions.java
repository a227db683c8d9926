package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jdbi.v3.core.Jdbi;

/// Writes changes of state, many at once, each onto the message's trail.
@ApplicationScoped
class Transitions {

    /// A message counts against the caps from its claim on, and no more once it is surely not sent: one that may
    /// have got through counts on while it waits to be repeated. The lease runs by the database's clock, which all
    /// replicas share.
    ///
    /// The limit says how few there are: else the planner reckons with a hundred, and reads a table of some ten
    /// thousand messages from end to end.
    private static final String APPLY = """
            update message m set
              state = t.state,
              reason = t.reason,
              due_at = t.due_at,
              claim = coalesce(t.claim, m.claim),
              lease_until = case when t.state in ('claimed', 'transmitting')
                then clock_timestamp() + :lease * interval '1 millisecond' end,
              counted_at = case when t.state = 'claimed' then :now::timestamptz
                when t.state in ('planned', 'held') and (m.perhaps_sent or t.perhaps_sent) then m.counted_at
                when t.state in ('planned', 'held', 'skipped', 'failed') then null
                else m.counted_at end,
              attempts = m.attempts + case when t.attempt then 1 else 0 end,
              perhaps_sent = m.perhaps_sent or t.perhaps_sent,
              provider_id = coalesce(t.provider_id, m.provider_id),
              sent_at = case when t.state = 'sent' then :now::timestamptz else m.sent_at end,
              updated_at = :now,
              trail = m.trail || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
                'at', :at::text, 'state', t.state, 'reason', t.reason, 'until', t.until)))
            from (
              select * from jsonb_to_recordset(:rows::jsonb) as r (merchant_id int, customer_id bigint, id bigint,
                state text, reason text, due_at timestamptz, until text, claim text, attempt boolean,
                perhaps_sent boolean, provider_id text, before jsonb)
              limit :count) t
            where m.merchant_id = t.merchant_id and m.customer_id = t.customer_id and m.id = t.id
              and t.before @> to_jsonb(m.state)
              and (t.claim is null or t.state = 'claimed' or m.claim = t.claim)
              and (t.state <> 'transmitting' or exists (select from campaign c
                where c.merchant_id = m.merchant_id and c.id = m.campaign_id and c.state = 'active'))
            returning m.merchant_id, m.customer_id, m.id
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;
    private final MessageConfig config;

    Transitions(Jdbi jdbi, ObjectMapper json, Clock clock, MessageConfig config) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
        this.config = config;
    }

    /// Those that took place. One does not where the message is in another state by now, or in another worker's
    /// hands, or about to go on the wire while its campaign is paused.
    @Transactional(Transactional.TxType.MANDATORY)
    Set<MessageKey> apply(Collection<Transition> transitions) {
        if (transitions.isEmpty()) {
            return Set.of();
        }
        ArrayNode rows = json.createArrayNode();
        transitions.forEach(transition -> rows.add(row(transition)));
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery(APPLY)
                .bind("rows", rows.toString())
                .bind("count", rows.size())
                .bind("now", now)
                .bind("at", now.toString())
                .bind("lease", config.lease().toMillis())
                .map((row, context) -> new MessageKey(row.getInt(1), row.getLong(2), row.getLong(3)))
                .set());
    }

    private ObjectNode row(Transition transition) {
        String due = transition.dueAt() == null ? null : transition.dueAt().toString();
        ObjectNode row = json.createObjectNode()
                .put("merchant_id", transition.message().merchantId())
                .put("customer_id", transition.message().customerId())
                .put("id", transition.message().id())
                .put("state", transition.to().json())
                .put("reason", transition.reason())
                .put("due_at", due)
                .put("until", due)
                .put("claim", transition.claim())
                .put("attempt", transition.attempt())
                .put("perhaps_sent", transition.perhapsSent())
                .put("provider_id", transition.providerId());
        row.set("before", json.valueToTree(transition.to().before()));
        return row;
    }
}
