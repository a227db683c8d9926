package io.regulars.scoring.score;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// Scores as lists and counts.
@ApplicationScoped
public class ScoreList {

    private static final String LIST = """
            select s.*, h.external_id, r.due_at
            from score s
            join history h using (merchant_id, customer_id)
            left join review r using (merchant_id, customer_id)
            where s.merchant_id = :merchant and not h.erased and s.customer_id > :after
              and (:tier::text is null or s.tier = :tier)
              and (:group::text is null or s.rfm_group = :group)
              and (:stage::text is null or s.stage = :stage)
              and (:churn::text is null or s.churn is not null
                and (:churn = 'true' or :churn = any(string_to_array(s.churn, '+'))))
            order by s.customer_id limit :limit
            """;

    /// The newest, should a merge leave two customers with one external id.
    private static final String BY_EXTERNAL_IDS = """
            select distinct on (external_id) external_id, customer_id from history
            where merchant_id = :merchant and external_id = any(:external) and not erased
            order by external_id, customer_id desc
            """;

    /// Who is asked for is said of both tables: of one alone, the planner reads all histories of the shop for a
    /// thousand.
    private static final String OF_CUSTOMERS = """
            select s.*, h.external_id, r.due_at
            from score s
            join history h using (merchant_id, customer_id)
            left join review r using (merchant_id, customer_id)
            where s.merchant_id = :merchant and not h.erased
              and s.customer_id = any(:customers) and h.customer_id = any(:customers)
            """;

    private static final String COUNT = """
            select tier, rfm_group, stage, count(*) as customers, sum(frequency) as orders, sum(monetary) as sales
            from score where merchant_id = :merchant
            group by tier, rfm_group, stage
            """;

    /// A scorecard as it is kept.
    record Row(
            long customerId,
            String externalId,
            long version,
            Instant scoredAt,
            int modelVersion,
            String tier,
            int tierRank,
            Instant fallsAt,
            String group,
            String stage,
            long frequency,
            long monetary,
            LocalDate lastOrderDay,
            String churn,
            Instant churnSince,
            String classes,
            Instant nextReviewAt) {}

    /// @param orders and `sales` in the model's window
    public record Count(String tier, String group, String stage, long customers, long orders, long sales) {}

    private final Jdbi jdbi;

    ScoreList(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Row> list(int merchant, String tier, String group, String stage, String churn, long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("tier", tier)
                .bind("group", group)
                .bind("stage", stage)
                .bind("churn", churn)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    /// Whom the merchant calls so; who is not there is not in it.
    Map<String, Long> customers(int merchant, Collection<String> externalIds) {
        return jdbi.withHandle(handle -> handle.createQuery(BY_EXTERNAL_IDS)
                .bind("merchant", merchant)
                .bindArray("external", String.class, List.copyOf(externalIds))
                .map((row, context) -> Map.entry(row.getString("external_id"), row.getLong("customer_id")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /// The scores of those of them who have one, by customer.
    Map<Long, Row> of(int merchant, Collection<Long> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_CUSTOMERS)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .map((row, context) -> row(row))
                .collect(Collectors.toMap(Row::customerId, row -> row)));
    }

    /// How many customers there are of each tier, group and stage together.
    public List<Count> counts(int merchant) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNT)
                .bind("merchant", merchant)
                .map((row, context) -> new Count(
                        row.getString("tier"),
                        row.getString("rfm_group"),
                        row.getString("stage"),
                        row.getLong("customers"),
                        row.getLong("orders"),
                        row.getLong("sales")))
                .list());
    }

    static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("customer_id"),
                row.getString("external_id"),
                row.getLong("version"),
                Fields.instant(row, "scored_at"),
                row.getInt("model_version"),
                row.getString("tier"),
                row.getInt("tier_rank"),
                Fields.instant(row, "falls_at"),
                row.getString("rfm_group"),
                row.getString("stage"),
                row.getLong("frequency"),
                row.getLong("monetary"),
                row.getObject("last_order_day", LocalDate.class),
                row.getString("churn"),
                Fields.instant(row, "churn_since"),
                row.getString("classes"),
                Fields.instant(row, "due_at"));
    }
}
