package io.regulars.campaign.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.id.Ref;

/// Reads an event as a shop tells it, and finds everything that is wrong with it.
final class EventReader {

    private static final int MOST_PROPERTIES = 50;
    private static final int LONGEST_VALUE = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,60}");

    /// Clocks differ.
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Faults faults;
    private final Instant now;

    EventReader(Faults faults, Instant now) {
        this.faults = faults;
        this.now = now;
    }

    /// Where there are faults, the answer is of no use.
    ShopEvents.Draft read(JsonNode node) {
        Fields fields = Fields.of("", node, faults);
        String id = fields.required("id", fields.text("id", 200));
        String name = fields.required("name", fields.text("name", 100));
        String customer = fields.required("customer", fields.text("customer", 300));
        Ref ref = Ref.parse(Customers.ID, customer).orElse(null);
        if (customer != null && ref == null) {
            fields.fault("customer", "must be cus_… or ext: and your own id");
        }
        Instant at = fields.instant("occurredAt");
        if (at != null && at.isAfter(now.plus(AHEAD))) {
            fields.fault("occurredAt", "must not lie in the future");
        }
        Map<String, String> properties = properties(fields);
        fields.done();
        if (id != null && id.indexOf('\0') >= 0 || name != null && name.indexOf('\0') >= 0) {
            fields.fault("id", "must hold no NUL, as the name");
        }
        return new ShopEvents.Draft(id, name, ref, at == null ? now : at, properties);
    }

    private Map<String, String> properties(Fields fields) {
        Map<String, String> properties = new LinkedHashMap<>();
        JsonNode written = fields.raw("properties");
        if (written == null) {
            return properties;
        }
        if (!written.isObject() || written.size() > MOST_PROPERTIES) {
            fields.fault("properties", "must be an object of at most " + MOST_PROPERTIES);
            return properties;
        }
        written.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!NAME.matcher(entry.getKey()).matches()) {
                fields.fault("properties", "must be named by letters, digits and _: " + entry.getKey());
            } else if (!value.isValueNode()
                    || value.asText().length() > LONGEST_VALUE
                    || value.asText().indexOf('\0') >= 0) {
                fields.fault(
                        "properties." + entry.getKey(), "must be a value of at most " + LONGEST_VALUE + " characters");
            } else if (!value.isNull()) {
                properties.put(entry.getKey(), value.asText());
            }
        });
        return properties;
    }
}
