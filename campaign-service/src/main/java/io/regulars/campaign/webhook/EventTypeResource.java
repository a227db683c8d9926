package io.regulars.campaign.webhook;

import java.util.Arrays;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/webhook-event-types")
@Tag(name = "webhooks")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
class EventTypeResource {

    /// @param data an example of what the event holds
    record EventTypeView(String type, String description, JsonNode data) {}

    record EventTypesView(List<EventTypeView> items) {}

    private final ObjectMapper json;

    EventTypeResource(ObjectMapper json) {
        this.json = json;
    }

    @GET
    @Operation(
            summary = "What webhooks can be told of, with an example of each",
            description = "Each is posted as {\"type\": …, \"timestamp\": …, \"data\": …},"
                    + " signed as Standard Webhooks has it.")
    public EventTypesView list() {
        return new EventTypesView(Arrays.stream(EventType.values())
                .map(one -> new EventTypeView(one.type(), one.description(), read(one.example())))
                .toList());
    }

    private JsonNode read(String example) {
        try {
            return json.readTree(example);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example is no JSON: " + example, e);
        }
    }
}
