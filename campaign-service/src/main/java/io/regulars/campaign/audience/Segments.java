package io.regulars.campaign.audience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.Condition.All;
import io.regulars.campaign.audience.Condition.Any;
import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.Condition.Not;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.id.PublicId;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/// Conditions that have a name, and what other conditions mean that refer to them. A reference follows the segment:
/// who changes one changes whom its campaigns pick from then on. One that is deleted is kept for those who still
/// refer to it.
@ApplicationScoped
public class Segments {

    static final String ID = "seg";

    /// Nobody: better than everybody whom a lost segment would have left out.
    static final Condition NOBODY = new Any(List.of());

    private static final Logger LOG = Logger.getLogger(Segments.class);
    private static final int MOST_LEAVES = 1_000;

    private static final String LOAD =
            "select id, name, condition from segment where merchant_id = :merchant and id = any(:ids)";

    private record Named(String name, Condition condition) {}

    private final Jdbi jdbi;
    private final ObjectMapper json;

    Segments(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// The condition with each reference replaced by what it stands for; no more than one query where there is none.
    /// Where a segment is missing, or all together are beyond any bound, it picks nobody.
    public Condition resolve(int merchant, Condition condition) {
        Set<Long> referred = referred(condition);
        if (referred.isEmpty()) {
            return condition;
        }
        Map<Long, Named> known = reachable(merchant, referred);
        try {
            return replaced(condition, known, new HashSet<>(), new int[] {MOST_LEAVES});
        } catch (UnresolvedException e) {
            LOG.warnf("an audience of merchant %d picks nobody: %s", (Object) merchant, e.getMessage());
            return NOBODY;
        }
    }

    /// The names of those that the condition refers to.
    Map<Long, String> names(int merchant, Condition condition) {
        Map<Long, String> names = new HashMap<>();
        load(merchant, referred(condition)).forEach((id, segment) -> names.put(id, segment.name()));
        return names;
    }

    /// Faults for references, anywhere in what people wrote, to segments that the merchant has not.
    public void check(int merchant, String path, JsonNode written, Faults faults) {
        Map<Long, String> places = new HashMap<>();
        places(path, written, faults, places);
        if (!places.isEmpty()) {
            Set<Long> known = load(merchant, places.keySet()).keySet();
            places.forEach((id, place) -> {
                if (!known.contains(id)) {
                    faults.add(place, "unknown segment " + PublicId.format(ID, id));
                }
            });
        }
    }

    /// Whether the condition refers to the segment, by however many others.
    boolean leadsTo(int merchant, Condition condition, long segment) {
        return reachable(merchant, referred(condition)).containsKey(segment);
    }

    /// How many leaves it has when all references are replaced; more than any bound where they cannot be.
    long size(int merchant, Condition condition) {
        Condition resolved = resolve(merchant, condition);
        return resolved.equals(NOBODY) ? MOST_LEAVES + 1L : resolved.leaves().count();
    }

    private static final class UnresolvedException extends Exception {
        private static final long serialVersionUID = 1;

        UnresolvedException(String message) {
            super(message);
        }
    }

    private static Condition replaced(Condition condition, Map<Long, Named> known, Set<Long> within, int[] left)
            throws UnresolvedException {
        return switch (condition) {
            case All(var parts) -> new All(replaced(parts, known, within, left));
            case Any(var parts) -> new Any(replaced(parts, known, within, left));
            case Not(var part) -> new Not(replaced(part, known, within, left));
            case Leaf leaf
            when leaf.field() == Field.SEGMENT -> {
                List<Condition> meant = new ArrayList<>();
                for (Object id : leaf.values()) {
                    meant.add(meant((Long) id, known, within, left));
                }
                yield leaf.op() == Op.HAS ? new Any(meant) : new Not(new Any(meant));
            }
            case Leaf leaf -> {
                if (--left[0] < 0) {
                    throw new UnresolvedException("its segments hold more than " + MOST_LEAVES + " conditions");
                }
                yield leaf;
            }
        };
    }

    private static List<Condition> replaced(List<Condition> parts, Map<Long, Named> known, Set<Long> within, int[] left)
            throws UnresolvedException {
        List<Condition> replaced = new ArrayList<>();
        for (Condition part : parts) {
            replaced.add(replaced(part, known, within, left));
        }
        return replaced;
    }

    private static Condition meant(Long id, Map<Long, Named> known, Set<Long> within, int[] left)
            throws UnresolvedException {
        if (!known.containsKey(id) || !within.add(id)) {
            throw new UnresolvedException(
                    PublicId.format(ID, id) + (known.containsKey(id) ? " refers to itself" : " is missing"));
        }
        Condition meant = replaced(known.get(id).condition(), known, within, left);
        within.remove(id);
        return meant;
    }

    /// The segments and all that they refer to, level by level.
    private Map<Long, Named> reachable(int merchant, Set<Long> first) {
        Map<Long, Named> known = new HashMap<>();
        Set<Long> next = first;
        while (!next.isEmpty()) {
            Map<Long, Named> level = load(merchant, next);
            known.putAll(level);
            next = level.values().stream()
                    .flatMap(segment -> referred(segment.condition()).stream())
                    .filter(id -> !known.containsKey(id))
                    .collect(Collectors.toSet());
        }
        return known;
    }

    private static Set<Long> referred(Condition condition) {
        return condition
                .leaves()
                .filter(leaf -> leaf.field() == Field.SEGMENT)
                .flatMap(leaf -> leaf.values().stream())
                .map(Long.class::cast)
                .collect(Collectors.toSet());
    }

    private static void places(String path, JsonNode node, Faults faults, Map<Long, String> places) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                places(faults.at(path, i), node.get(i), faults, places);
            }
        } else if (node.isObject()) {
            if (Field.SEGMENT.json().equals(node.path("field").asText()) && node.has("op")) {
                List<JsonNode> ids = new ArrayList<>();
                JsonNode value = node.path("value");
                (value.isArray() ? value : List.of(value)).forEach(ids::add);
                ids.forEach(id -> PublicId.parse(ID, id.asText())
                        .ifPresent(number -> places.putIfAbsent(number, faults.at(path, "value"))));
            }
            node.properties()
                    .forEach(field -> places(faults.at(path, field.getKey()), field.getValue(), faults, places));
        }
    }

    private Map<Long, Named> load(int merchant, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<Long, Named> loaded = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(LOAD)
                .bind("merchant", merchant)
                .bindArray("ids", Long.class, List.copyOf(ids))
                .map((row, context) -> loaded.put(
                        row.getLong("id"), new Named(row.getString("name"), read(row.getString("condition")))))
                .list());
        return loaded;
    }

    private Condition read(String condition) {
        try {
            return new ConditionReader(new Faults()).read("", json.readTree(condition));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a segment's condition is unreadable", e);
        }
    }
}
