package io.regulars.campaign.trigger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.trigger.ShopEvents.Draft;
import io.regulars.campaign.trigger.ShopEvents.Told;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import io.regulars.kit.problem.Violation;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/events")
@Tag(name = "events", description = "What happens in a shop and is no order, for campaigns that begin with it")
@RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
@Idempotent
class EventResource {

    static final String EXAMPLE = """
            {"id": "booking-881", "name": "trial-booked", "customer": "ext:u-10086",
             "occurredAt": "2026-03-04T21:10:00+08:00", "properties": {"city": "杭州", "seats": 2}}""";

    private static final String BATCH = "{\"items\": [" + EXAMPLE + "]}";
    private static final int MOST = 500;
    private static final String NO_CUSTOMER = "is no customer of yours";

    /// @param status `created`, or `unchanged` where the id was told before
    record EventView(String id, String status) {}

    /// @param status `created`, `unchanged` or `rejected`
    /// @param violations what is wrong with a rejected one, else empty
    record ItemView(int index, String id, String status, List<Violation> violations) {}

    record BatchView(List<ItemView> items) {}

    private final Merchant merchant;
    private final ShopEvents events;
    private final Clock clock;

    EventResource(Merchant merchant, ShopEvents events, Clock clock) {
        this.merchant = merchant;
        this.events = events;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "Tell of an event",
            description = "Once for each id: the same again starts nothing. Campaigns with the trigger event begin with"
                    + " it; their templates know its properties as event.*")
    public Response tell(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "a booking", value = EXAMPLE)))
                    JsonNode body) {
        var faults = new Faults();
        Draft draft = new EventReader(faults, clock.instant()).read(body);
        faults.throwIfAny();
        Told told = events.tell(merchant.id(), List.of(draft)).getFirst();
        if (told == Told.unknownCustomer) {
            throw Problems.invalid("customer", NO_CUSTOMER);
        }
        return Response.status(told == Told.created ? 201 : 200)
                .entity(new EventView(draft.id(), told.name()))
                .build();
    }

    @POST
    @Path("/batch")
    @Operation(summary = "Tell of up to 500 events", description = "One answer for each; a bad one spoils no other.")
    public BatchView tellAll(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "a booking", value = BATCH)))
                    JsonNode body) {
        JsonNode items = body == null ? null : body.get("items");
        if (items == null || !items.isArray() || items.isEmpty() || items.size() > MOST) {
            throw Problems.invalid("items", "must be a list of 1 to " + MOST);
        }
        Instant now = clock.instant();
        List<Draft> good = new ArrayList<>();
        List<List<Violation>> violations = new ArrayList<>();
        items.forEach(item -> {
            var faults = new Faults();
            Draft draft = new EventReader(faults, now).read(item);
            violations.add(faults.violations());
            if (faults.violations().isEmpty()) {
                good.add(draft);
            }
        });
        Iterator<Told> told = (good.isEmpty() ? List.<Told>of() : events.tell(merchant.id(), good)).iterator();
        List<ItemView> answers = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String id = items.get(i).path("id").asText(null);
            answers.add(violations.get(i).isEmpty() ? answer(i, id, told.next()) : rejected(i, id, violations.get(i)));
        }
        return new BatchView(answers);
    }

    private static ItemView answer(int index, String id, Told told) {
        return told == Told.unknownCustomer
                ? rejected(index, id, List.of(new Violation("customer", NO_CUSTOMER)))
                : new ItemView(index, id, told.name(), List.of());
    }

    private static ItemView rejected(int index, String id, List<Violation> violations) {
        return new ItemView(index, id, "rejected", violations);
    }
}
