package io.regulars.campaign.audience;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.id.PublicId;

/// Reads the values of a leaf, each of its field's type.
final class ValueReader {

    static final int MOST_VALUES = 500;
    static final int LONGEST_TEXT = 200;
    static final int MOST_DAYS = 36_500;
    static final int MOST_DAYS_AHEAD = 366;
    static final int DIGITS = 15;
    private static final int LONGEST_NUMBER = 50;

    private final Faults faults;

    ValueReader(Faults faults) {
        this.faults = faults;
    }

    /// @param value null where there is none
    List<Object> read(String at, Field field, Op op, JsonNode value) {
        List<JsonNode> nodes = nodes(value);
        int arity = field.type().arity(op);
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
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            values.add(value(value.isArray() ? faults.at(at, i) : at, field, op, nodes.get(i)));
        }
        values.removeIf(Objects::isNull);
        return values;
    }

    /// The values of a qualifier.
    List<Object> read(String at, Qualifier qualifier, JsonNode value) {
        List<JsonNode> nodes = nodes(value);
        if (nodes.isEmpty() || nodes.size() > MOST_VALUES) {
            faults.add(at, "takes a value or a list of 1 to " + MOST_VALUES);
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String place = value.isArray() ? faults.at(at, i) : at;
            JsonNode node = nodes.get(i);
            values.add(
                    qualifier == Qualifier.CHANNEL
                            ? channel(place, node)
                            : qualifier.idPrefix() == null ? text(place, node) : id(place, qualifier.idPrefix(), node));
        }
        values.removeIf(Objects::isNull);
        return values;
    }

    private static List<JsonNode> nodes(JsonNode value) {
        List<JsonNode> nodes = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.forEach(nodes::add);
        } else if (value != null) {
            nodes.add(value);
        }
        return nodes;
    }

    private Object value(String at, Field field, Op op, JsonNode node) {
        if (op.countsDays()) {
            return days(at, op == Op.NEXT_DAYS ? MOST_DAYS_AHEAD : MOST_DAYS, node);
        }
        return switch (field.type()) {
            case NUMBER, BALANCE, COUNT -> whole(at, node);
            case AGO -> days(at, MOST_DAYS, node);
            case MONEY, AMOUNT -> amount(at, node, 2, "in the shop's currency such as \"199.00\"");
            case DAY, YEARLY -> day(at, node);
            case CONSENT -> channel(at, node);
            case FLAG -> flag(at, node);
            case SEGMENT -> id(at, Segments.ID, node);
            case ATTRIBUTE -> compares(op) ? amount(at, node, 6, "such as 12 or \"12.5\"") : text(at, node);
            case TEXT, SET, PURCHASE -> text(at, node);
        };
    }

    static boolean compares(Op op) {
        return switch (op) {
            case LT, LTE, GT, GTE, BETWEEN -> true;
            default -> false;
        };
    }

    private Long whole(String at, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            faults.add(at, "must be a whole number");
            return null;
        }
        return node.longValue();
    }

    private Long days(String at, int most, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0 || node.longValue() > most) {
            faults.add(at, "must be a whole number of days, 0 to " + most);
            return null;
        }
        return node.longValue();
    }

    private String text(String at, JsonNode node) {
        if (!node.isTextual() || node.textValue().length() > LONGEST_TEXT) {
            faults.add(at, "must be a text of at most " + LONGEST_TEXT + " characters");
            return null;
        }
        return node.textValue();
    }

    private String channel(String at, JsonNode node) {
        if (!node.isTextual() || !ChannelNames.ALL.contains(node.textValue())) {
            faults.add(at, "must be email, sms or inbox");
            return null;
        }
        return node.textValue();
    }

    private Boolean flag(String at, JsonNode node) {
        if (!node.isBoolean()) {
            faults.add(at, "must be true or false");
            return null;
        }
        return node.booleanValue();
    }

    private Long id(String at, String prefix, JsonNode node) {
        OptionalLong id = node.isTextual() ? PublicId.parse(prefix, node.textValue()) : OptionalLong.empty();
        if (id.isEmpty()) {
            faults.add(at, "must be an id such as " + prefix + "_1");
            return null;
        }
        return id.getAsLong();
    }

    /// A number, or the text of one. To read a number takes the square of its digits in time.
    private BigDecimal amount(String at, JsonNode node, int decimals, String such) {
        try {
            BigDecimal amount = node.isNumber()
                    ? node.decimalValue()
                    : new BigDecimal(node.asText()
                            .substring(0, Math.min(LONGEST_NUMBER, node.asText().length())));
            if (amount.precision() <= DIGITS && amount.scale() <= decimals && amount.scale() >= -DIGITS) {
                return amount;
            }
        } catch (NumberFormatException e) {
            faults.add(at, "must be a number " + such);
            return null;
        }
        faults.add(at, "must be a number of at most " + DIGITS + " digits, " + decimals + " of them decimals");
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
