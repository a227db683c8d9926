package io.regulars.campaign.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import org.jdbi.v3.core.Jdbi;

/// Campaigns as those who carry them out read them: the state as it is now, the definition parsed once.
@ApplicationScoped
public class Plans {

    private static final int KEPT = 1_000;
    private static final ObjectMapper JSON = new JsonMapper();

    private static final String COLUMNS =
            "select c.merchant_id, c.id, r.revision, c.name, c.state, c.salt, c.activated_at, r.definition from campaign c ";

    private static final String BY_REVISION = COLUMNS + """
            join campaign_revision r on r.merchant_id = c.merchant_id and r.campaign_id = c.id
            join unnest(:merchants::int[], :campaigns::bigint[], :revisions::int[]) as k (merchant_id, campaign_id, revision)
              on k.merchant_id = r.merchant_id and k.campaign_id = r.campaign_id and k.revision = r.revision
            """;

    private static final String ACTIVE = COLUMNS + """
            join campaign_revision r
              on r.merchant_id = c.merchant_id and r.campaign_id = c.id and r.revision = c.revision
            where c.merchant_id = any(:merchants) and c.state = 'active'
            """;

    private static final String CURRENT = COLUMNS + """
            join campaign_revision r
              on r.merchant_id = c.merchant_id and r.campaign_id = c.id and r.revision = c.revision
            where c.merchant_id = :merchant and c.id = :campaign
            """;

    /// Holds back who would resume them, so that nothing is parked behind their back.
    private static final String STILL_PAUSED = """
            select c.id from campaign c
            where c.merchant_id = any(:merchants) and c.id = any(:campaigns)
              and c.state in ('paused', 'awaiting-approval')
            order by c.id for share
            """;

    private final Jdbi jdbi;
    private final Map<Plan.Key, Definition> parsed = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Plan.Key, Definition> eldest) {
            return size() > KEPT;
        }
    });

    Plans(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Map<Plan.Key, Plan> load(Collection<Plan.Key> keys) {
        List<Plan.Key> distinct = keys.stream().distinct().toList();
        return jdbi.withHandle(handle -> handle
                .createQuery(BY_REVISION)
                .bindArray(
                        "merchants",
                        Integer.class,
                        distinct.stream().map(Plan.Key::merchantId).toList())
                .bindArray(
                        "campaigns",
                        Long.class,
                        distinct.stream().map(Plan.Key::campaignId).toList())
                .bindArray(
                        "revisions",
                        Integer.class,
                        distinct.stream().map(Plan.Key::revision).toList())
                .map((row, context) -> plan(row))
                .list()
                .stream()
                .collect(Collectors.toMap(
                        plan -> new Plan.Key(plan.merchantId(), plan.campaignId(), plan.revision()),
                        Function.identity())));
    }

    public List<Plan> active(Collection<Integer> merchants) {
        return jdbi.withHandle(handle -> handle.createQuery(ACTIVE)
                .bindArray("merchants", Integer.class, List.copyOf(Set.copyOf(merchants)))
                .map((row, context) -> plan(row))
                .list());
    }

    public Optional<Plan> current(int merchant, long campaign) {
        return jdbi.withHandle(handle -> handle.createQuery(CURRENT)
                .bind("merchant", merchant)
                .bind("campaign", campaign)
                .map((row, context) -> plan(row))
                .findOne());
    }

    /// Those of the paused campaigns that are so still, and stay so until the caller's transaction ends.
    public Set<Long> stillPaused(Collection<Plan> paused) {
        if (paused.isEmpty()) {
            return Set.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery(STILL_PAUSED)
                .bindArray(
                        "merchants",
                        Integer.class,
                        paused.stream().map(Plan::merchantId).distinct().toList())
                .bindArray(
                        "campaigns",
                        Long.class,
                        paused.stream().map(Plan::campaignId).distinct().toList())
                .mapTo(Long.class)
                .set());
    }

    private Plan plan(ResultSet row) throws SQLException {
        var key = new Plan.Key(row.getInt("merchant_id"), row.getLong("id"), row.getInt("revision"));
        String text = row.getString("definition");
        Timestamp activatedAt = row.getTimestamp("activated_at");
        return new Plan(
                key.merchantId(),
                key.campaignId(),
                key.revision(),
                row.getString("name"),
                row.getString("state"),
                row.getString("salt"),
                activatedAt == null ? null : activatedAt.toInstant(),
                parsed.computeIfAbsent(key, absent -> read(text)));
    }

    /// A campaign that nobody saved: it has no customers, no messages and no budgets of its own.
    public static Plan unsaved(int merchant, JsonNode definition) {
        Definition read = read(definition.toString());
        return new Plan(merchant, 0, 0, read.name(), Campaign.DRAFT, "unsaved", null, read);
    }

    /// What was saved was checked; a coupon or webhook in it exists.
    static Definition read(String saved) {
        try {
            return new DefinitionReader(new Faults(), coupon -> true, webhook -> true).read(JSON.readTree(saved));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a saved campaign is unreadable", e);
        }
    }
}
