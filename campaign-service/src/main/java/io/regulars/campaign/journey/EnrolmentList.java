package io.regulars.campaign.journey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Jdbi;

/// Enrolments for people to look at.
@ApplicationScoped
public class EnrolmentList {

    /// @param dueAt when the next step is due, null when there is none
    public record Row(
            long id,
            long customerId,
            long campaignId,
            String occurrence,
            String state,
            String reason,
            int step,
            Instant dueAt,
            boolean parked,
            Instant enrolledAt,
            Instant updatedAt) {}

    private static final String LIST = """
            select * from enrolment
            where merchant_id = :merchant and id > :after
              and (:customer::bigint is null or customer_id = :customer)
              and (:campaign::bigint is null or campaign_id = :campaign)
              and (:state::text is null or state = :state)
            order by id limit :limit
            """;

    private static final String FIND = """
            select * from enrolment where merchant_id = :merchant and customer_id = :customer and id = :id
            """;

    /// What an enrolment went by, beside its row.
    ///
    /// @param tier at enrolment, as `group`; null where there was none
    /// @param arms by the experiments that it came to
    public record Detail(Row row, int revision, String tier, String group, Map<String, String> arms) {}

    private static final String ARMS = """
            select experiment, arm from enrolment_arm
            where merchant_id = :merchant and customer_id = :customer and enrolment_id = :id order by entered_at, experiment
            """;

    private final Jdbi jdbi;

    EnrolmentList(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @param customer null for all, as `campaign` and `state`
    public List<Row> list(int merchant, Long customer, Long campaign, String state, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("after", after)
                .bind("customer", customer)
                .bind("campaign", campaign)
                .bind("state", state)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    public Optional<Detail> find(int merchant, long customer, long id) {
        return jdbi.withHandle(handle -> {
            Map<String, String> arms = new LinkedHashMap<>();
            handle.createQuery(ARMS)
                    .bind("merchant", merchant)
                    .bind("customer", customer)
                    .bind("id", id)
                    .map((row, context) -> arms.put(row.getString(1), row.getString(2)))
                    .list();
            return handle.createQuery(FIND)
                    .bind("merchant", merchant)
                    .bind("customer", customer)
                    .bind("id", id)
                    .map((row, context) -> new Detail(
                            row(row), row.getInt("revision"), row.getString("tier"), row.getString("group_key"), arms))
                    .findOne();
        });
    }

    private static Row row(ResultSet row) throws SQLException {
        Timestamp due = row.getTimestamp("due_at");
        return new Row(
                row.getLong("id"),
                row.getLong("customer_id"),
                row.getLong("campaign_id"),
                row.getString("occurrence"),
                row.getString("state"),
                row.getString("reason"),
                row.getInt("step"),
                due == null ? null : due.toInstant(),
                row.getBoolean("parked"),
                row.getTimestamp("enrolled_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
