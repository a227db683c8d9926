package io.regulars.campaign.audience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition.All;
import io.regulars.campaign.audience.Condition.Any;
import io.regulars.campaign.audience.Condition.Leaf;
import io.regulars.campaign.audience.Condition.Not;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// Reads a condition: `{"all": […]}`, `{"any": […]}`, `{"not": {…}}` or a leaf such as
/// `{"field": "tier", "op": "eq", "value": "vip"}`. `condition.schema.json` says the same as a JSON Schema.
public final class ConditionReader {

    static final int DEEPEST = 10;
    static final int MOST_PARTS = 50;
    static final int MOST_LEAVES = 200;
    static final String ATTRIBUTES = "attributes.";

    private final Faults faults;
    private final ValueReader values;
    private int leaves;

    public ConditionReader(Faults faults) {
        this.faults = faults;
        this.values = new ValueReader(faults);
    }

    /// Everyone where the node is absent. Where there are faults, the answer is of no use.
    public Condition read(String path, JsonNode node) {
        if (node == null || node.isNull()) {
            return Condition.EVERYONE;
        }
        leaves = 0;
        Condition condition = read(path, node, 0);
        if (leaves > MOST_LEAVES) {
            faults.add(path, "must hold at most " + MOST_LEAVES + " conditions in all");
        }
        return condition;
    }

    private Condition read(String path, JsonNode node, int depth) {
        if (depth > DEEPEST) {
            faults.add(path, "conditions lie at most " + DEEPEST + " deep");
            return Condition.EVERYONE;
        }
        Fields fields = Fields.of(path, node, faults);
        List<Condition> read = new ArrayList<>();
        if (fields.has("all")) {
            read.add(new All(parts(fields, "all", depth)));
        }
        if (fields.has("any")) {
            read.add(new Any(parts(fields, "any", depth)));
        }
        if (fields.has("not")) {
            read.add(new Not(read(fields.at("not"), fields.raw("not"), depth + 1)));
        }
        if (fields.has("field")) {
            read.add(leaf(fields));
        }
        if (read.size() != 1) {
            faults.add(path, "must hold exactly one of all, any, not, field");
            return Condition.EVERYONE;
        }
        fields.done();
        return read.getFirst();
    }

    private List<Condition> parts(Fields fields, String kind, int depth) {
        int[] looked = {0};
        List<Condition> parts = fields.list(
                kind, (part, at) -> ++looked[0] > MOST_PARTS ? Condition.EVERYONE : read(at, part, depth + 1));
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            fields.fault(kind, "must hold 1 to " + MOST_PARTS + " conditions");
        }
        return parts;
    }

    private Condition leaf(Fields fields) {
        leaves++;
        String name = fields.text("field", 100);
        String opName = fields.required("op", fields.text("op", 30));
        JsonNode value = fields.raw("value");
        Duration within = fields.duration("within");
        if (name == null) {
            known(fields);
            return Condition.EVERYONE;
        }
        boolean attribute = name.startsWith(ATTRIBUTES) && name.length() > ATTRIBUTES.length();
        Field field = attribute ? Field.ATTRIBUTE : Field.named(name).orElse(null);
        if (field == null || field == Field.ATTRIBUTE && !attribute) {
            fields.fault("field", "unknown \"" + name + "\"; known are " + Field.names());
            known(fields);
            return Condition.EVERYONE;
        }
        checkWithin(fields, field);
        Map<Qualifier, List<Object>> only = only(fields, field);
        if (opName == null) {
            return Condition.EVERYONE;
        }
        Op op = Op.named(opName).filter(field.ops()::contains).orElse(null);
        if (op == null) {
            fields.fault("op", "unknown \"" + opName + "\" for " + name + "; known are " + ops(field));
            return Condition.EVERYONE;
        }
        return new Leaf(
                field,
                attribute ? name.substring(ATTRIBUTES.length()) : null,
                op,
                values.read(fields.at("value"), field, op, value),
                within,
                only);
    }

    /// Where the field is not known, what stands beside it cannot be told to be wrong.
    private static void known(Fields fields) {
        Stream.of(Qualifier.values()).forEach(qualifier -> fields.raw(qualifier.json()));
    }

    private static void checkWithin(Fields fields, Field field) {
        switch (field.window()) {
            case NONE -> {
                if (fields.has("within")) {
                    fields.fault("within", "does not go with " + field.json());
                }
            }
            case PAST -> {
                // without it all of the past counts
            }
            case COMING -> {
                if (!fields.has("within")) {
                    fields.fault("within", "is required: how soon, such as P7D");
                }
            }
        }
    }

    private Map<Qualifier, List<Object>> only(Fields fields, Field field) {
        Map<Qualifier, List<Object>> only = new EnumMap<>(Qualifier.class);
        for (Qualifier qualifier : Qualifier.values()) {
            if (field.qualifiers().contains(qualifier) && fields.has(qualifier.json())) {
                only.put(qualifier, values.read(fields.at(qualifier.json()), qualifier, fields.raw(qualifier.json())));
            } else if (fields.has(qualifier.json())) {
                fields.raw(qualifier.json());
                fields.fault(qualifier.json(), "does not go with " + field.json());
            }
        }
        return only;
    }

    private static String ops(Field field) {
        return Stream.of(Op.values())
                .filter(field.ops()::contains)
                .map(Op::json)
                .collect(Collectors.joining(", "));
    }
}
