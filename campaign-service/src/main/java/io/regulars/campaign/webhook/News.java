package io.regulars.campaign.webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.campaign.audience.Customers;

/// Something that happened, as endpoints are told of it. Ids and values, nothing personal.
///
/// @param customerId null where it is about no customer
/// @param key names what happened within its merchant, so that it is told once: letters, digits and _
/// @param at when it happened
/// @param data besides the customer's id
public record News(EventType type, int merchantId, Long customerId, String key, Instant at, Map<String, Object> data) {

    /// @param keysAndValues in turn; a value that is null is left out
    public static News of(
            EventType type, int merchantId, Long customerId, String key, Instant at, Object... keysAndValues) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (customerId != null) {
            data.put("customerId", Customers.publicId(customerId));
        }
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] != null) {
                data.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return new News(type, merchantId, customerId, key, at, data);
    }

    /// The header `webhook-id`: the same for each endpoint, try and redelivery.
    String messageId() {
        return "evt_" + Integer.toString(merchantId, 36) + "_" + key;
    }

    /// `type`, `timestamp` and `data`, as Standard Webhooks proposes it.
    String body(ObjectMapper json) {
        var body = json.createObjectNode().put("type", type.type()).put("timestamp", at.toString());
        body.set("data", json.valueToTree(data));
        return body.toString();
    }
}
