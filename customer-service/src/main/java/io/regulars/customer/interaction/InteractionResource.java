package io.regulars.customer.interaction;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.regulars.customer.input.BatchInput;
import io.regulars.customer.input.BatchView;
import io.regulars.customer.input.Batches;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

@Path("/v1/interactions")
@Tag(name = "interactions", description = "What customers do besides ordering")
@Idempotent
class InteractionResource {

    private static final String EXAMPLE = """
            {"externalId": "rev-881", "customerId": "ext:u-10086", "kind": "product_reviewed",
             "at": "2026-03-04T21:10:00+08:00", "rating": 5, "subject": "WIPES-80"}""";

    private static final String BATCH = """
            {"items": [{"externalId": "cart-12", "customerId": "ext:u-10086", "kind": "cart_abandoned",
                        "at": "2026-03-05T22:00:00+08:00", "properties": {"value": "59.70"}}]}""";

    private final Interactions interactions;
    private final Merchant merchant;
    private final Batches batches;
    private final Clock clock;

    InteractionResource(Interactions interactions, Merchant merchant, Batches batches, Clock clock) {
        this.interactions = interactions;
        this.merchant = merchant;
        this.batches = batches;
        this.clock = clock;
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(
            summary = "Record an interaction",
            description = "Once for each of the merchant's ids; the same again changes nothing, other content under a"
                    + " known id is a conflict.")
    @APIResponse(
            responseCode = "201",
            description = "new",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = InteractionView.class)))
    @APIResponse(responseCode = "200", description = "recorded before")
    public Response write(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = InteractionInput.class),
                                            examples = @ExampleObject(name = "a review", value = EXAMPLE)))
                    InteractionInput input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var written = interactions
                .record(merchant.id(), List.of(input.checked(clock.instant())), false)
                .getFirst();
        InteractionView view = InteractionView.of(written.orThrow());
        return Response.status(written.created() ? 201 : 200).entity(view).build();
    }

    @POST
    @Path("/batch")
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(summary = "Record up to 1,000 interactions", description = "One answer for each.")
    public BatchView writeAll(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = BatchInput.class),
                                            examples = @ExampleObject(name = "a cart", value = BATCH)))
                    BatchInput batch) {
        Instant now = clock.instant();
        int id = merchant.id();
        return batches.run(
                batch,
                InteractionInput.class,
                input -> input.checked(now),
                drafts -> interactions.record(id, drafts, Boolean.TRUE.equals(batch.backfill())),
                fact -> PublicId.format("int", fact.interactionId()),
                Interaction::externalId);
    }
}
