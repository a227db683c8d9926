package io.regulars.campaign.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.IfMatch;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/webhooks")
@Tag(name = "webhooks")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent(sealed = true)
class WebhookResource {

    private static final String EXAMPLE = """
            {"url": "https://shop.example/hooks", "description": "ERP", "events": ["tier.changed", "coupon.redeemed"]}""";

    /// @param state `enabled`; `failing`, where no call was answered well since `failingSince`; `disabled`,
    ///      with `disabledReason`
    /// @param secretBeforeUntil until when the secret before the present one signs too
    /// @param dropped events that found the queue full, the last at `droppedAt`
    /// @param secret only in the answer to the request that made it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WebhookView(
            String id,
            int revision,
            String url,
            String description,
            List<String> events,
            String state,
            Instant failingSince,
            Instant disabledAt,
            String disabledReason,
            Instant secretBeforeUntil,
            long dropped,
            Instant droppedAt,
            Instant createdAt,
            String secret) {

        static WebhookView of(Webhooks.Webhook webhook, String secret) {
            return new WebhookView(
                    Webhooks.publicId(webhook.id()),
                    webhook.revision(),
                    webhook.url(),
                    webhook.description(),
                    webhook.events(),
                    webhook.disabledAt() != null ? "disabled" : webhook.failingSince() != null ? "failing" : "enabled",
                    webhook.failingSince(),
                    webhook.disabledAt(),
                    webhook.disabledReason(),
                    webhook.secretBeforeUntil(),
                    webhook.dropped(),
                    webhook.droppedAt(),
                    webhook.createdAt(),
                    secret);
        }
    }

    private final Merchant merchant;
    private final Webhooks webhooks;
    private final Upkeep upkeep;
    private final ByHand byHand;

    WebhookResource(Merchant merchant, Webhooks webhooks, Upkeep upkeep, ByHand byHand) {
        this.merchant = merchant;
        this.webhooks = webhooks;
        this.upkeep = upkeep;
        this.byHand = byHand;
    }

    @POST
    @Operation(
            summary = "Add a webhook: journeys can call it, and it is told of the events that it names",
            description = "The answer holds the secret that signs, which is shown once.")
    public Response add(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "the shop's system", value = EXAMPLE)))
                    JsonNode body) {
        Webhooks.Made made = webhooks.add(merchant.id(), merchant.actor(), body);
        WebhookView view = WebhookView.of(made.webhook(), made.secret());
        return Response.created(URI.create("v1/webhooks/" + view.id()))
                .entity(view)
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Operation(summary = "The shop's webhooks")
    public Page<WebhookView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<Webhooks.Webhook> rows = webhooks.after(merchant.id(), Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, webhook -> new Object[] {webhook.id()})
                .map(webhook -> WebhookView.of(webhook, null));
    }

    @GET
    @Path("/{w}")
    @Operation(summary = "A webhook, and how it answers")
    public Response get(@PathParam("w") String id) {
        return tagged(webhooks.find(merchant.id(), id));
    }

    @PUT
    @Path("/{w}")
    @Operation(summary = "Change where a webhook leads and what it is told of; its secret stays")
    public Response change(
            @PathParam("w") String id,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "the shop's system", value = EXAMPLE)))
                    JsonNode body) {
        return tagged(webhooks.change(merchant.id(), id, body, IfMatch.revision(ifMatch)));
    }

    private static Response tagged(Webhooks.Webhook webhook) {
        return Response.ok(WebhookView.of(webhook, null))
                .tag(String.valueOf(webhook.revision()))
                .build();
    }

    @DELETE
    @Path("/{w}")
    @Operation(summary = "Delete a webhook; what waits for it is given up, and journeys that name it go on without")
    public void delete(@PathParam("w") String id) {
        webhooks.delete(merchant.id(), id);
    }

    @POST
    @Path("/{w}/secret")
    @Operation(
            summary = "Change the secret; the one before signs too for a while",
            description = "Without a body for 24 h. Meanwhile webhook-signature holds a signature by each of them."
                    + " The answer holds the new secret, which is shown once.")
    public Response rotate(
            @PathParam("w") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples =
                                                    @ExampleObject(
                                                            name = "within three days",
                                                            value = "{\"overlap\": \"P3D\"}")))
                    JsonNode body) {
        Webhooks.Made made = upkeep.rotate(merchant.id(), id, body);
        return Response.ok(WebhookView.of(made.webhook(), made.secret()))
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    @Path("/{w}/test")
    @Operation(
            summary = "Send the event webhook.test, whatever events the webhook is told of",
            description = "What came of it is in the webhook's deliveries.")
    public Response test(@PathParam("w") String id) {
        return Response.accepted(DeliveryResource.DeliveryView.of(byHand.test(merchant.id(), id)))
                .build();
    }

    @POST
    @Path("/{w}/disable")
    @Operation(summary = "Call a webhook no more; what waits for it is given up")
    public WebhookView disable(@PathParam("w") String id) {
        return WebhookView.of(upkeep.disable(merchant.id(), merchant.actor(), id), null);
    }

    @POST
    @Path("/{w}/enable")
    @Operation(summary = "Call a webhook again that was disabled; it is told of what happens from now on")
    public WebhookView enable(@PathParam("w") String id) {
        return WebhookView.of(upkeep.enable(merchant.id(), id), null);
    }
}
