package io.regulars.campaign.webhook;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// A webhook as people write it.
///
/// @param events the types of what it is told; empty where only journeys call it
record WebhookDraft(String url, String description, List<String> events) {

    /// Everything that is wrong at once.
    static WebhookDraft read(JsonNode body, Addresses addresses) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String url = fields.required("url", fields.text("url", 2_000));
        String description = fields.text("description", 200);
        List<String> choices = EventType.choices();
        List<String> events = fields.list("events", (item, at) -> {
            if (item.isTextual() && choices.contains(item.textValue())) {
                return item.textValue();
            }
            faults.add(at, "must be one of " + String.join(", ", choices));
            return null;
        });
        fields.done();
        if (url != null) {
            check(url, addresses, faults);
        }
        faults.throwIfAny();
        return new WebhookDraft(
                url, description, events.stream().distinct().sorted().toList());
    }

    private static void check(String url, Addresses addresses, Faults faults) {
        try {
            Target.parse(url, addresses).check(addresses);
        } catch (RefusedException e) {
            faults.add("url", e.getMessage());
        }
    }
}
