package io.regulars.campaign.audience;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regulars.campaign.reading.ChannelNames;

/// The language of conditions as a JSON Schema, made of the definitions that the reader goes by.
final class ConditionSchema {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DURATION = "^(P[0-9]{1,4}D|P[0-9]{1,2}[WM]|PT[0-9]{1,5}H)$";
    private static final String AMOUNT = "^-?[0-9]{1,13}([.][0-9]{1,2})?$";
    private static final String DECIMAL = "^-?[0-9]{1,9}([.][0-9]{1,6})?$";

    private final ObjectNode defs = JSON.createObjectNode();

    private ConditionSchema() {}

    static String text() {
        return new ConditionSchema().write();
    }

    private String write() {
        ObjectNode schema = JSON.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:regulars:condition")
                .put("title", "Condition");
        titles(schema, new Words("人群条件", "Condition"));
        schema.put(
                "description",
                "Which customers: a tree of all, any and not, at most %d deep, with at most %d leaves in all."
                        .formatted(ConditionReader.DEEPEST, ConditionReader.MOST_LEAVES));
        schema.put("$ref", "#/$defs/condition");
        ArrayNode kinds = defs.putObject("condition").putArray("oneOf");
        Stream.of("all", "any", "not").forEach(kind -> ref(kinds.addObject(), kind));
        group("all", new Words("全部符合", "all of them hold"));
        group("any", new Words("至少符合一项", "one of them holds"));
        ObjectNode not = object("not", new Words("不符合", "it does not hold"));
        ref(not.putObject("properties").putObject("not"), "condition");
        not.putArray("required").add("not");
        for (FieldType type : FieldType.values()) {
            type(type, defs.putObject(type(type)));
        }
        for (Field field : Field.values()) {
            String name = "field-" + field.json();
            ref(kinds.addObject(), name);
            leaf(object(name, field.words()), field);
        }
        schema.set("$defs", defs);
        var printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return JSON.writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void group(String name, Words words) {
        ObjectNode group = object(name, words);
        ObjectNode parts = group.putObject("properties")
                .putObject(name)
                .put("type", "array")
                .put("minItems", 1)
                .put("maxItems", ConditionReader.MOST_PARTS);
        ref(parts.putObject("items"), "condition");
        group.putArray("required").add(name);
    }

    private ObjectNode object(String name, Words words) {
        ObjectNode object = defs.putObject(name).put("title", words.en());
        titles(object, words);
        return object.put("type", "object").put("additionalProperties", false);
    }

    private static void titles(ObjectNode object, Words words) {
        object.putObject("titles").put("zh", words.zh()).put("en", words.en());
    }

    private static void ref(ObjectNode node, String name) {
        node.put("$ref", "#/$defs/" + name);
    }

    private static void leaf(ObjectNode leaf, Field field) {
        ObjectNode properties = leaf.putObject("properties");
        if (field == Field.ATTRIBUTE) {
            properties
                    .putObject("field")
                    .put("type", "string")
                    .put("pattern", "^attributes[.].")
                    .put("maxLength", 100);
        } else {
            properties.putObject("field").put("const", field.json());
        }
        ArrayNode ops = properties.putObject("op").putArray("enum");
        List<Op> known = Stream.of(Op.values()).filter(field.ops()::contains).toList();
        known.forEach(op -> ops.add(op.json()));
        properties.put("value", true);
        ArrayNode required = leaf.putArray("required").add("field").add("op");
        if (field.window() != Tally.Window.NONE) {
            properties
                    .putObject("within")
                    .put("type", "string")
                    .put("pattern", DURATION)
                    .putArray("examples")
                    .add("P30D");
        }
        if (field.window() == Tally.Window.COMING) {
            required.add("within");
        }
        field.qualifiers().stream().sorted().forEach(qualifier -> qualifier(properties, qualifier));
        ref(leaf, type(field.type()));
    }

    private static String type(FieldType type) {
        return "type-" + type.name().toLowerCase(Locale.ROOT);
    }

    /// Which value goes with which operator.
    private void type(FieldType type, ObjectNode of) {
        ArrayNode ways = of.putArray("oneOf");
        Stream.of(Op.values()).filter(type.ops()::contains).forEach(op -> way(ways.addObject(), type, op));
    }

    private static void qualifier(ObjectNode properties, Qualifier qualifier) {
        ObjectNode values = properties
                .putObject(qualifier.json())
                .put("title", qualifier.words().en());
        titles(values, qualifier.words());
        ObjectNode one = JSON.createObjectNode();
        if (qualifier == Qualifier.CHANNEL) {
            ArrayNode channels = one.putArray("enum");
            ChannelNames.ALL.forEach(channels::add);
        } else if (qualifier.idPrefix() != null) {
            one.put("type", "string").put("pattern", "^" + qualifier.idPrefix() + "_[0-9a-z]{1,12}$");
        } else {
            one.put("type", "string").put("maxLength", ValueReader.LONGEST_TEXT);
        }
        oneOrMany(values, one, ValueReader.MOST_VALUES);
    }

    private static void way(ObjectNode way, FieldType type, Op op) {
        way.put("title", op.words().en());
        titles(way, op.words());
        ObjectNode properties = way.putObject("properties");
        properties.putObject("op").put("const", op.json());
        int arity = type.arity(op);
        if (arity == 0) {
            properties.put("value", false);
            return;
        }
        ObjectNode value = properties.putObject("value");
        ObjectNode one = value(type, op);
        if (arity == 2) {
            value.put("type", "array").put("minItems", 2).put("maxItems", 2).set("items", one);
        } else {
            oneOrMany(value, one, arity == 1 ? 1 : ValueReader.MOST_VALUES);
        }
        way.putArray("required").add("value");
    }

    private static void oneOrMany(ObjectNode value, ObjectNode one, int most) {
        ArrayNode either = value.putArray("anyOf");
        either.add(one);
        either.addObject()
                .put("type", "array")
                .put("minItems", 1)
                .put("maxItems", most)
                .set("items", one);
    }

    private static ObjectNode value(FieldType type, Op op) {
        ObjectNode one = JSON.createObjectNode();
        if (op.countsDays()) {
            return days(one, op == Op.NEXT_DAYS ? ValueReader.MOST_DAYS_AHEAD : ValueReader.MOST_DAYS);
        }
        return switch (type) {
            case NUMBER, BALANCE, COUNT -> one.put("type", "integer");
            case AGO -> days(one, ValueReader.MOST_DAYS);
            case MONEY, AMOUNT -> number(one, AMOUNT);
            case DAY, YEARLY ->
                one.put("type", "string")
                        .put("format", "date")
                        .put("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
            case FLAG -> one.put("type", "boolean");
            case SEGMENT -> one.put("type", "string").put("pattern", "^" + Segments.ID + "_[0-9a-z]{1,12}$");
            case CONSENT -> {
                ArrayNode channels = one.putArray("enum");
                ChannelNames.ALL.forEach(channels::add);
                yield one;
            }
            case ATTRIBUTE -> ValueReader.compares(op) ? number(one, DECIMAL) : text(one);
            case TEXT, SET, PURCHASE -> text(one);
        };
    }

    private static ObjectNode text(ObjectNode one) {
        return one.put("type", "string").put("maxLength", ValueReader.LONGEST_TEXT);
    }

    private static ObjectNode days(ObjectNode one, int most) {
        return one.put("type", "integer").put("minimum", 0).put("maximum", most);
    }

    /// A number, or the text of one.
    private static ObjectNode number(ObjectNode one, String pattern) {
        ArrayNode either = one.putArray("anyOf");
        either.addObject().put("type", "number");
        either.addObject().put("type", "string").put("pattern", pattern);
        return one;
    }
}
