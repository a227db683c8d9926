package io.regulars.campaign.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jdbi.v3.core.Jdbi;

/// Messages for people to look at.
@ApplicationScoped
public class MessageList {

    public static final String ID = "msg";

    /// One change of state.
    ///
    /// @param until when it was to be looked at next
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Passage(Instant at, String state, String reason, Instant until) {}

    /// @param dueAt when it is looked at next, null where that is over
    public record Row(
            long id,
            long customerId,
            long campaignId,
            int revision,
            long enrolmentId,
            String occurrence,
            int step,
            String channel,
            String state,
            String reason,
            Instant dueAt,
            int attempts,
            String providerId,
            Instant plannedAt,
            Instant sentAt,
            Instant updatedAt,
            List<Passage> trail) {}

    /// How many messages of a channel are in a state.
    record Count(String channel, String state, long messages) {}

    private static final TypeReference<List<Passage>> TRAIL = new TypeReference<>() {};

    private static final String LIST = """
            select * from message
            where merchant_id = :merchant and (:before = 0 or id < :before)
              and (:customer::bigint is null or customer_id = :customer)
              and (:campaign::bigint is null or campaign_id = :campaign)
              and (:state::text is null or state = :state)
              and (:channel::text is null or channel = :channel)
            order by id desc limit :limit
            """;

    private static final String FIND = "select * from message where merchant_id = :merchant and id = :id";

    private static final String COUNTS = """
            select channel, state, count(*) from message
            where merchant_id = :merchant and (:campaign::bigint is null or campaign_id = :campaign)
            group by channel, state order by channel, state
            """;

    /// What comes after a colon is the case's own.
    private static final String SKIPS = """
            select split_part(reason, ':', 1) as why, count(*) from message
            where merchant_id = :merchant and (:campaign::bigint is null or campaign_id = :campaign)
              and state = 'skipped'
            group by why order by count(*) desc, why limit 100
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    MessageList(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// The latest first.
    ///
    /// @param customer null for all, as `campaign`, `state` and `channel`
    /// @param before the id of the last one seen, 0 for the first page
    public List<Row> list(
            int merchant, Long customer, Long campaign, String state, String channel, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("merchant", merchant)
                .bind("before", before)
                .bind("customer", customer)
                .bind("campaign", campaign)
                .bind("state", state)
                .bind("channel", channel)
                .bind("limit", limit)
                .map((row, context) -> row(row))
                .list());
    }

    public Optional<Row> find(int merchant, long id) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("merchant", merchant)
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne());
    }

    List<Count> counts(int merchant, Long campaign) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNTS)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .map((row, context) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list());
    }

    /// How many messages were decided against, by reason, the commonest first.
    ///
    /// @param campaign null for all
    Map<String, Long> skips(int merchant, Long campaign) {
        return jdbi.withHandle(handle -> handle.createQuery(SKIPS)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .reduceRows(new LinkedHashMap<>(), (skips, row) -> {
                    skips.put(row.getColumn(1, String.class), row.getColumn(2, Long.class));
                    return skips;
                }));
    }

    private Row row(ResultSet row) throws SQLException {
        try {
            return new Row(
                    row.getLong("id"),
                    row.getLong("customer_id"),
                    row.getLong("campaign_id"),
                    row.getInt("revision"),
                    row.getLong("enrolment_id"),
                    row.getString("occurrence"),
                    row.getInt("step"),
                    row.getString("channel"),
                    row.getString("state"),
                    row.getString("reason"),
                    instant(row, "due_at"),
                    row.getInt("attempts"),
                    row.getString("provider_id"),
                    instant(row, "planned_at"),
                    instant(row, "sent_at"),
                    instant(row, "updated_at"),
                    json.readValue(row.getString("trail"), TRAIL));
        } catch (IOException e) {
            throw new UncheckedIOException("a message's trail is unreadable", e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
