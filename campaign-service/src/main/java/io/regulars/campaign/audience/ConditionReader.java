package io.regulars.campaign.audience;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
/// `{"field": "tier", "op": "eq", "value": "vip"}`.
public final class ConditionReader {

    private static final int LONGEST_NUMBER = 50;

    private static final int DEEPEST = 10;
    private static final int MOST_PARTS = 50;
    private static final int MOST_VALUES = 500;
    private static final Set<String> CHANNELS = Set.of("email", "sms", "inbox");

    private final Faults faults;

    public ConditionReader(Faults faults) {
        this.faults = faults;
    }

    /// Everyone where the node is absent. Where there are faults, the answer is of no use.
    public Condition read(String path, JsonNode node) {
        return node == null || node.isNull() ? Condition.EVERYONE : read(path, node, 0);
    }

    private Condition read(String path, JsonNode node, int depth) {
        if (depth > DEEPEST) {
            faults.add(path, "conditions lie at most " + DEEPEST + " deep");
            return Condition.EVERYONE;
        }
        Fields fields = Fields.of(path, node, faults);
        long kinds = Stream.of("all", "any", "not", "field").filter(fields::has).count();
        if (kinds != 1) {
            fields.fault("", "must hold exactly one of all, any, not, field");
            return Condition.EVERYONE;
        }
        Condition condition;
        if (fields.has("all")) {
            condition = new All(parts(fields, "all", depth));
        } else if (fields.has("any")) {
            condition = new Any(parts(fields, "any", depth));
        } else if (fields.has("not")) {
            condition = new Not(read(fields.at("not"), fields.raw("not"), depth + 1));
        } else {
            condition = leaf(fields);
        }
        fields.done();
        return condition;
    }

    private List<Condition> parts(Fields fields, String kind, int depth) {
        List<Condition> parts = fields.list(kind, (part, at) -> read(at, part, depth + 1));
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            fields.fault(kind, "must hold 1 to " + MOST_PARTS + " conditions");
        }
        return parts;
    }

    private Condition leaf(Fields fields) {
        String name = fields.text("field", 100);
        String opName = fields.required("op", fields.text("op", 30));
        JsonNode value = fields.raw("value");
        Duration within = fields.duration("within");
        if (name == null) {
            return Condition.EVERYONE;
        }
        boolean attribute = name.startsWith("attributes.") && name.length() > "attributes.".length();
        Field field = attribute ? Field.ATTRIBUTE : Field.named(name).orElse(null);
        if (field == null || field == Field.ATTRIBUTE && !attribute) {
            fields.fault("field", "unknown \"" + name + "\"; known are " + Field.names());
            return Condition.EVERYONE;
        }
        if (within != null && field.type() != Field.Type.PURCHASE) {
            fields.fault("within", "goes with bought and boughtCategory only");
        }
        if (opName == null) {
            return Condition.EVERYONE;
        }
        Op op = Op.named(opName).filter(field.type().ops()::contains).orElse(null);
        if (op == null) {
            fields.fault("op", "unknown \"" + opName + "\" for " + name + "; known are " + ops(field));
            return Condition.EVERYONE;
        }
        return new Leaf(
                field,
                attribute ? name.substring("attributes.".length()) : null,
                op,
                values(fields, field, op, value),
                within);
    }

    private static String ops(Field field) {
        return field.type().ops().stream().map(Op::json).collect(Collectors.joining(", "));
    }

    private List<Object> values(Fields fields, Field field, Op op, JsonNode value) {
        String at = fields.at("value");
        List<JsonNode> nodes = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.forEach(nodes::add);
        } else if (value != null) {
            nodes.add(value);
        }
        int arity = op.arity();
        if (arity == -1 ? nodes.isEmpty() || nodes.size() > MOST_VALUES : nodes.size() != arity) {
            faults.add(
                    at,
                    switch (arity) {
                        case 0 -> op.json() + " takes no value";
                        case -1 -> op.json() + " takes a value or a list of 1 to " + MOST_VALUES;
                        case 1 -> op.json() + " takes one value";
                        default -> op.json() + " takes a list of " + arity + " values";
                    });
            return List.of();
        }
        return nodes.stream()
                .map(node -> value(at, field, op, node))
                .filter(Objects::nonNull)
                .toList();
    }

    private Object value(String at, Field field, Op op, JsonNode node) {
        boolean days = op == Op.WITHIN_DAYS || op == Op.NOT_WITHIN_DAYS;
        return switch (days ? Field.Type.NUMBER : field.type()) {
            case NUMBER -> {
                if (!node.isIntegralNumber()
                        || !node.canConvertToLong()
                        || days && !lessThanACentury(node.longValue())) {
                    faults.add(at, "must be a whole number" + (days ? " of days, 0 to 36500" : ""));
                    yield null;
                }
                yield node.longValue();
            }
            case MONEY -> money(at, node);
            case DAY -> day(at, node);
            case CONSENT -> {
                if (!CHANNELS.contains(node.asText())) {
                    faults.add(at, "must be email, sms or inbox");
                    yield null;
                }
                yield node.asText();
            }
            case TEXT, SET, PURCHASE -> {
                if (!node.isTextual() || node.textValue().length() > 200) {
                    faults.add(at, "must be a text of at most 200 characters");
                    yield null;
                }
                yield node.textValue();
            }
        };
    }

    private static boolean lessThanACentury(long days) {
        return days >= 0 && days <= 36_500;
    }

    private BigDecimal money(String at, JsonNode node) {
        try {
            BigDecimal amount = node.isNumber()
                    ? node.decimalValue()
                    : new BigDecimal(node.asText()
                            .substring(0, Math.min(LONGEST_NUMBER, node.asText().length())));
            if (amount.precision() <= 15 && amount.scale() <= 2) {
                return amount;
            }
        } catch (NumberFormatException e) {
            faults.add(at, "must be an amount in the shop's currency such as \"199.00\"");
            return null;
        }
        faults.add(at, "must be an amount of at most 15 digits, 2 of them decimals");
        return null;
    }

    private LocalDate day(String at, JsonNode node) {
        try {
            return LocalDate.parse(node.asText());
        } catch (DateTimeParseException e) {
            faults.add(at, "must be a day such as 2026-03-01");
            return null;
        }
    }
}
