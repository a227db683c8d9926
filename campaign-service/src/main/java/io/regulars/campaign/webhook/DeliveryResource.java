package io.regulars.campaign.webhook;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/webhooks/{w}/deliveries")
@Tag(name = "webhooks")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class DeliveryResource {

    private static final List<String> STATES = List.of("waiting", "delivered", "failed");

    /// @param webhookId the header of that name
    /// @param customerId null where it is about no customer
    /// @param enrolmentId of a step of a journey, else null, as `step`
    /// @param tries each with the status, what went wrong, and the begin of what was answered
    record DeliveryView(
            String id,
            String webhookId,
            String event,
            String customerId,
            String enrolmentId,
            Integer step,
            String state,
            int attempts,
            Instant dueAt,
            Instant createdAt,
            Instant doneAt,
            List<OutgoingRows.Try> tries) {

        static DeliveryView of(OutgoingRows.Logged row) {
            return new DeliveryView(
                    PublicId.format(ByHand.ID, row.id()),
                    row.messageId(),
                    row.event(),
                    row.customerId() == null ? null : Customers.publicId(row.customerId()),
                    row.enrolmentId() == null ? null : PublicId.format("enr", row.enrolmentId()),
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
    private final ByHand byHand;

    DeliveryResource(Merchant merchant, Webhooks webhooks, OutgoingRows outgoing, ByHand byHand) {
        this.merchant = merchant;
        this.webhooks = webhooks;
        this.outgoing = outgoing;
        this.byHand = byHand;
    }

    @GET
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

    @POST
    @Path("/{d}/redeliver")
    @Operation(
            summary = "Deliver once more, with the same webhook-id and body",
            description = "Also what was delivered already: a receiver knows it by its webhook-id."
                    + " 409 while a call is under way or the webhook is disabled.")
    public Response redeliver(@PathParam("w") String id, @PathParam("d") String delivery) {
        return Response.accepted(DeliveryView.of(byHand.redeliver(merchant.id(), id, delivery)))
                .build();
    }
}
