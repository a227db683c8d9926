package io.regulars.campaign.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.regulars.campaign.campaign.Plan;
import org.jdbi.v3.core.Jdbi;

/// The enrolments in the database: handed out to one worker at a time, written back together.
@ApplicationScoped
class EnrolmentRows {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final String CLAIM = """
            select * from enrolment where due_at <= :now and not parked
            order by due_at limit :limit
            for update skip locked
            """;

    /// The limit says how few there are: else the planner reckons with a hundred, and reads a table of some ten
    /// thousand enrolments from end to end.
    private static final String SAVE = """
            update enrolment e set state = r.state, reason = r.reason, step = r.step, due_at = r.due_at,
              parked = r.parked, context = r.context, updated_at = :now
            from (
              select * from jsonb_to_recordset(:rows::jsonb) as j (merchant_id int, customer_id bigint, id bigint,
                state text, reason text, step int, due_at timestamptz, parked boolean, context jsonb)
              limit :count) r
            where e.merchant_id = r.merchant_id and e.customer_id = r.customer_id and e.id = r.id
            """;

    private static final String UNPARK = """
            update enrolment set parked = false where merchant_id = :merchant and campaign_id = :campaign and parked
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    EnrolmentRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    List<Enrolment> claim(Instant now, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(CLAIM)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, context) -> enrolment(row))
                .list());
    }

    void save(Collection<Enrolment> enrolments, Instant now) {
        ArrayNode rows = json.createArrayNode();
        enrolments.forEach(enrolment -> rows.addObject()
                .put("merchant_id", enrolment.key.merchantId())
                .put("customer_id", enrolment.key.customerId())
                .put("id", enrolment.key.id())
                .put("state", enrolment.state)
                .put("reason", enrolment.reason)
                .put("step", enrolment.step)
                .put("due_at", enrolment.dueAt == null ? null : enrolment.dueAt.toString())
                .put("parked", enrolment.parked)
                .set("context", json.valueToTree(enrolment.context)));
        jdbi.useHandle(handle -> handle.createUpdate(SAVE)
                .bind("rows", rows.toString())
                .bind("count", rows.size())
                .bind("now", now)
                .execute());
    }

    void unpark(int merchant, long campaign) {
        jdbi.useHandle(handle -> handle.createUpdate(UNPARK)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .execute());
    }

    private Enrolment enrolment(ResultSet row) throws SQLException {
        int merchant = row.getInt("merchant_id");
        try {
            return new Enrolment(
                    new Enrolment.Key(merchant, row.getLong("customer_id"), row.getLong("id")),
                    new Plan.Key(merchant, row.getLong("campaign_id"), row.getInt("revision")),
                    row.getString("occurrence"),
                    row.getString("state"),
                    row.getInt("step"),
                    row.getTimestamp("due_at").toInstant(),
                    row.getTimestamp("enrolled_at").toInstant(),
                    json.readValue(row.getString("context"), TEXTS));
        } catch (IOException e) {
            throw new UncheckedIOException("an enrolment's context is unreadable", e);
        }
    }
}
