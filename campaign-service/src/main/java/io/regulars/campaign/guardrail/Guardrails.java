package io.regulars.campaign.guardrail;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.price.PriceList;
import io.regulars.campaign.reading.Faults;
import io.regulars.events.Channel;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;

/// Keeps the merchants' guardrails; a merchant that set none has the default ones.
@ApplicationScoped
public class Guardrails {

    /// @param revision 0 while they are the default ones
    public record Kept(int revision, Settings settings) {}

    private static final String FIND =
            "select merchant_id, revision, settings from guardrail where merchant_id = any(:merchants)";

    private static final String SAVE = """
            insert into guardrail (merchant_id, revision, settings, updated_at, updated_by)
            values (:merchant, 1, :settings::jsonb, :now, :actor)
            on conflict (merchant_id) do update set revision = guardrail.revision + 1, settings = excluded.settings,
              updated_at = excluded.updated_at, updated_by = excluded.updated_by
            where :revision::int is null or guardrail.revision = :revision
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;
    private final Budgets budgets;
    private final PriceList priceList;

    Guardrails(Jdbi jdbi, ObjectMapper json, Clock clock, Budgets budgets, PriceList priceList) {
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
        this.budgets = budgets;
        this.priceList = priceList;
    }

    public Settings of(int merchant) {
        return of(Set.of(merchant)).get(merchant);
    }

    /// An entry for each merchant asked for, with what its messages cost.
    public Map<Integer, Settings> of(Collection<Integer> merchants) {
        Map<Integer, Settings> settings = new HashMap<>();
        Map<Integer, Map<Channel, Long>> costs = priceList.millionths(merchants);
        find(merchants)
                .forEach((merchant, kept) ->
                        settings.put(merchant, kept.settings().withCosts(costs.getOrDefault(merchant, Map.of()))));
        return settings;
    }

    Kept kept(int merchant) {
        return find(Set.of(merchant)).get(merchant);
    }

    /// @param revision the one that was read, or null to overwrite whichever there is
    @Transactional
    Kept save(int merchant, String actor, Settings settings, Integer revision) {
        if (revision != null && revision != kept(merchant).revision()) {
            throw Problems.preconditionFailed("the guardrails were changed since: they are at revision "
                    + kept(merchant).revision());
        }
        int saved = jdbi.withHandle(handle -> handle.createUpdate(SAVE)
                .bind("merchant", merchant)
                .bind("settings", SettingsJson.write(settings).toString())
                .bind("now", clock.instant())
                .bind("actor", actor)
                .bindBySqlType("revision", revision, java.sql.Types.INTEGER)
                .execute());
        if (saved == 0) {
            throw Problems.preconditionFailed("the guardrails were changed in this moment");
        }
        budgets.define(merchant, 0, settings.policy().budgets());
        return kept(merchant);
    }

    private Map<Integer, Kept> find(Collection<Integer> merchants) {
        Map<Integer, Kept> found = new HashMap<>();
        merchants.forEach(merchant -> found.put(merchant, new Kept(0, Settings.DEFAULT)));
        jdbi.useHandle(handle -> handle.createQuery(FIND)
                .bindArray("merchants", Integer.class, List.copyOf(merchants))
                .map((row, context) -> found.put(row.getInt(1), new Kept(row.getInt(2), read(row.getString(3)))))
                .list());
        return found;
    }

    private Settings read(String text) {
        try {
            return SettingsJson.read(json.readTree(text), new Faults());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kept guardrails are unreadable", e);
        }
    }
}
