package io.regulars.campaign.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Customers;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
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

    private static final List<String> STATES = List.of("waiting", "delivered", "failed");

    /// @param secret only in the answer to the request that made it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WebhookView(String id, String url, String description, Instant createdAt, String secret) {

        static WebhookView of(Webhooks.Webhook webhook, String secret) {
            return new WebhookView(
                    Webhooks.publicId(webhook.id()), webhook.url(), webhook.description(), webhook.createdAt(), secret);
        }
    }

    /// @param webhookId the header of that name
    record DeliveryView(
            String webhookId,
            String event,
            String customerId,
            String enrolmentId,
            int step,
            String state,
            int attempts,
            Instant dueAt,
            Instant createdAt,
            Instant doneAt,
            List<OutgoingRows.Try> tries) {

        static DeliveryView of(OutgoingRows.Logged row) {
            return new DeliveryView(
                    row.messageId(),
                    row.event(),
                    Customers.publicId(row.customerId()),
                    PublicId.format("enr", row.enrolmentId()),
                    row.step(),
                    row.state(),
                    row.attempts(),
                    row.dueAt(),
                    row.createdAt(),
                    row.doneAt(),
                    row.tries());
        }
    }

    private final Merchant merchant;
    private final Webhooks webhooks;
    private final OutgoingRows outgoing;

    WebhookResource(Merchant merchant, Webhooks webhooks, OutgoingRows outgoing) {
        this.merchant = merchant;
        this.webhooks = webhooks;
        this.outgoing = outgoing;
    }

    @POST
    @Operation(
            summary = "Add a webhook that journeys can call",
            description = "The answer holds the secret that signs, which is shown once.")
    public Response add(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples =
                                                    @ExampleObject(
                                                            name = "the shop's system",
                                                            value =
                                                                    "{\"url\": \"https://shop.example/hooks\", \"description\": \"ERP\"}")))
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
    @Operation(summary = "A webhook")
    public WebhookView get(@PathParam("w") String id) {
        return WebhookView.of(webhooks.find(merchant.id(), id), null);
    }

    @DELETE
    @Path("/{w}")
    @Operation(summary = "Delete a webhook; what waits for it is given up, and journeys that name it go on without")
    public void delete(@PathParam("w") String id) {
        webhooks.delete(merchant.id(), id);
    }

    @GET
    @Path("/{w}/deliveries")
    @Operation(summary = "The calls of a webhook of the last 30 days, the latest first, with what came of each try")
    public Page<DeliveryView> deliveries(
            @PathParam("w") String id,
            @QueryParam("state") String state,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        if (state != null && !STATES.contains(state)) {
            throw Problems.invalid("state", "unknown \"" + state + "\"; known are " + String.join(", ", STATES));
        }
        int size = Limit.of(limit);
        List<OutgoingRows.Logged> rows = outgoing.log(
                merchant.id(), webhooks.find(merchant.id(), id).id(), state, Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, row -> new Object[] {row.id()}).map(DeliveryView::of);
    }
}
