package io.regulars.campaign.points;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps the merchants' rules; a merchant without any gives no points.
@ApplicationScoped
class RuleBook {

    /// @param since orders from then on earn
    record Kept(int revision, PointRules rules, Instant since) {}

    private static final String FIND =
            "select merchant_id, revision, rules, since from point_rule where merchant_id = any(:merchants)";

    private static final String SAVE = """
            insert into point_rule (merchant_id, revision, rules, since, updated_at, updated_by)
            values (:merchant, 1, :rules::jsonb, :now, :now, :actor)
            on conflict (merchant_id) do update set revision = point_rule.revision + 1, rules = excluded.rules,
              updated_at = excluded.updated_at, updated_by = excluded.updated_by
            where :revision::int is null or point_rule.revision = :revision
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;

    RuleBook(Jdbi jdbi, ObjectMapper json, Clock clock) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    Optional<Kept> of(int merchant) {
        return Optional.ofNullable(of(List.of(merchant)).get(merchant));
    }

    Map<Integer, Kept> of(Collection<Integer> merchants) {
        Map<Integer, Kept> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(FIND)
                .bindArray("merchants", Integer.class, List.copyOf(merchants))
                .map((row, context) -> found.put(
                        row.getInt("merchant_id"),
                        new Kept(
                                row.getInt("revision"),
                                read(row.getString("rules")),
                                row.getTimestamp("since").toInstant())))
                .list());
        return found;
    }

    /// @param revision the one that was read, or null to overwrite whichever there is
    @Transactional
    Kept save(int merchant, String actor, PointRules rules, Integer revision) {
        if (revision != null && of(merchant).isEmpty()) {
            throw Problems.preconditionFailed("there are no rules yet: save them without If-Match");
        }
        int saved = jdbi.withHandle(handle -> handle.createUpdate(SAVE)
                .bind("merchant", merchant)
                .bind("rules", rules.write().toString())
                .bind("now", clock.instant())
                .bind("actor", actor)
                .bindBySqlType("revision", revision, java.sql.Types.INTEGER)
                .execute());
        Kept kept = of(merchant).orElseThrow();
        if (saved == 0) {
            throw Problems.preconditionFailed("the rules were changed since: they are at revision " + kept.revision());
        }
        return kept;
    }

    private PointRules read(String text) {
        try {
            return PointRules.read(json.readTree(text), new Faults());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kept rules of points are unreadable", e);
        }
    }
}
