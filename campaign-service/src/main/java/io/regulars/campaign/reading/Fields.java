package io.regulars.campaign.reading;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// The fields of one JSON object. A getter answers null where the field is absent or wrong; a wrong one is noted as a
/// fault. `done()` notes every field that nobody asked for: a typo must not pass for a setting.
public final class Fields {

    private static final int LONGEST_LIST = 1_000;

    /// To read a number takes the square of its digits in time.
    private static final int LONGEST_NUMBER = 50;
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private final String path;
    private final JsonNode node;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(String path, JsonNode node, Faults faults) {
        this.path = path;
        this.node = node;
        this.faults = faults;
    }

    /// The fields of `node`, or of an empty object where it is none.
    public static Fields of(String path, JsonNode node, Faults faults) {
        if (node != null && node.isObject()) {
            return new Fields(path, node, faults);
        }
        faults.add(path, "must be an object");
        return new Fields(path, JsonNodeFactory.instance.objectNode(), faults);
    }

    public String path() {
        return path;
    }

    public Faults faults() {
        return faults;
    }

    public String at(String field) {
        return faults.at(path, field);
    }

    public void fault(String field, String message) {
        faults.add(at(field), message);
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    public JsonNode raw(String field) {
        known.add(field);
        return node.hasNonNull(field) ? node.get(field) : null;
    }

    public <T> T required(String field, T value) {
        if (value == null && !node.hasNonNull(field)) {
            fault(field, "is required");
        }
        return value;
    }

    public String text(String field, int longest) {
        JsonNode value = raw(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            fault(field, "must be a text");
            return null;
        }
        String text = value.textValue();
        if (text.isBlank() || text.length() > longest) {
            fault(field, "must be 1 to " + longest + " characters");
            return null;
        }
        return text;
    }

    public String oneOf(String field, Collection<String> allowed) {
        String value = text(field, 100);
        if (value != null && !allowed.contains(value)) {
            fault(field, "unknown \"" + value + "\"; known are " + String.join(", ", allowed));
            return null;
        }
        return value;
    }

    public Long number(String field, long least, long most) {
        JsonNode value = raw(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            fault(field, "must be a whole number, " + least + " to " + most);
            return null;
        }
        return value.longValue();
    }

    /// A number, or the text of one, as money is written.
    public BigDecimal decimal(String field) {
        return decimal(raw(field), field);
    }

    private BigDecimal decimal(JsonNode value, String field) {
        if (value == null) {
            return null;
        }
        String text = value.asText("").strip();
        if (text.length() > LONGEST_NUMBER) {
            fault(field, "must be a number of at most 20 digits");
            return null;
        }
        try {
            BigDecimal number = value.isNumber() ? value.decimalValue() : new BigDecimal(text);
            if (number.precision() <= 20 && Math.abs(number.scale()) <= 20) {
                return number;
            }
        } catch (NumberFormatException e) {
            fault(field, "must be a number");
            return null;
        }
        fault(field, "must be a number of at most 20 digits");
        return null;
    }

    public Boolean flag(String field) {
        JsonNode value = raw(field);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            fault(field, "must be true or false");
            return null;
        }
        return value.booleanValue();
    }

    public Instant instant(String field) {
        String text = text(field, 60);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            fault(field, "must be an instant with offset such as 2026-03-01T12:00:00+08:00");
            return null;
        }
    }

    public LocalTime timeOfDay(String field) {
        String text = text(field, 20);
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            fault(field, "must be a time of day such as 22:00");
            return null;
        }
    }

    /// A positive ISO 8601 duration; a day counts 24 hours.
    public Duration duration(String field) {
        String text = text(field, 60);
        if (text == null) {
            return null;
        }
        try {
            Duration duration = parse(text);
            if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            fault(field, "must be an ISO 8601 duration such as P20D or PT2H");
            return null;
        }
        fault(field, "must be longer than nothing and at most P3660D");
        return null;
    }

    public static Duration parse(String text) {
        if (text.indexOf('T') >= 0 || text.indexOf('t') >= 0) {
            return Duration.parse(text);
        }
        Period period = Period.parse(text);
        return Duration.ofDays(Math.addExact(Math.multiplyExact(period.toTotalMonths(), 30L), period.getDays()));
    }

    public List<String> texts(String field, int longest) {
        return list(field, (item, at) -> {
            if (item.isTextual()
                    && !item.textValue().isBlank()
                    && item.textValue().length() <= longest) {
                return item.textValue();
            }
            faults.add(at, "must be a text of 1 to " + longest + " characters");
            return null;
        });
    }

    /// Each item as `read` makes it from the node and its path; empty where the field is absent.
    public <T> List<T> list(String field, BiFunction<JsonNode, String, T> read) {
        JsonNode value = raw(field);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > LONGEST_LIST) {
            fault(field, "must be a list of at most " + LONGEST_LIST);
            return List.of();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            T item = read.apply(value.get(i), faults.at(at(field), i));
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    public Fields object(String field) {
        JsonNode value = raw(field);
        return value == null ? null : Fields.of(at(field), value, faults);
    }

    public void done() {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                fault(field, "unknown field; known are " + String.join(", ", known));
            }
        });
    }
}
