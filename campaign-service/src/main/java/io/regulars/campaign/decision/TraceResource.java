package io.regulars.campaign.decision;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import io.regulars.campaign.message.MessageList;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/messages/{m}/trace")
@Tag(name = "messages")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
class TraceResource {

    private final Merchant merchant;
    private final MessageList messages;
    private final Traces traces;

    TraceResource(Merchant merchant, MessageList messages, Traces traces) {
        this.merchant = merchant;
        this.messages = messages;
        this.traces = traces;
    }

    @GET
    @Operation(
            summary = "Everything about a message, from its cause to what it brought",
            description = "The event with its instants, the enrolment, each step, each decision with how full the caps"
                    + " were, the claim, the provider and its answer, what came back, opens and clicks with those of"
                    + " robots, the coupon and the orders.")
    public Trace trace(@PathParam("m") String id) {
        long number = PublicId.parse(MessageList.ID, id).orElseThrow(() -> Problems.notFound("message", id));
        return traces.of(
                merchant.id(),
                messages.find(merchant.id(), number).orElseThrow(() -> Problems.notFound("message", id)));
    }
}
