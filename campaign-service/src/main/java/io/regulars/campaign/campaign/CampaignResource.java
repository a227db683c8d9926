package io.regulars.campaign.campaign;

import java.net.URI;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.guardrail.Notices;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
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

@Path("/v1/campaigns")
@Tag(name = "campaigns")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class CampaignResource {

    static final String EXAMPLE = """
            {"name": "Welcome to VIP",
             "trigger": {"type": "tier-changed", "direction": "up", "to": ["vip"]},
             "audience": {"field": "region", "op": "in", "value": ["浙江", "江苏"]},
             "steps": [
               {"type": "wait", "for": "PT2H"},
               {"type": "issue-coupon", "coupon": "cpn_1"},
               {"type": "send", "channel": "sms", "template":
                 {"text": "亲爱的{customer.maskedName ?: '顾客'}，您已成为{customer.tier}会员，{coupon.description}优惠码{coupon.code}"}}],
             "holdoutPercent": 10}""";

    private final Merchant merchant;
    private final Campaigns campaigns;
    private final Notices notices;

    CampaignResource(Merchant merchant, Campaigns campaigns, Notices notices) {
        this.merchant = merchant;
        this.campaigns = campaigns;
        this.notices = notices;
    }

    @POST
    @Operation(summary = "Save a campaign as a draft; every fault is named with its place")
    public Response create(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "tier change", value = EXAMPLE),
                                                @ExampleObject(name = "journey", value = JourneyExample.TEXT)
                                            }))
                    JsonNode body) {
        Campaign campaign = campaigns.create(merchant.id(), merchant.actor(), null, body);
        return Response.created(URI.create("v1/campaigns/" + Campaigns.publicId(campaign.id)))
                .entity(CampaignView.of(campaign))
                .tag(String.valueOf(campaign.revision))
                .build();
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "The shop's campaigns")
    public Page<CampaignView> list(
            @QueryParam("state") String state,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<Campaign> rows = campaigns.after(merchant.id(), state, Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, campaign -> new Object[] {campaign.id}).map(CampaignView::of);
    }

    @GET
    @Path("/{k}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "A campaign")
    public Response get(@PathParam("k") String id) {
        return answer(campaigns.find(merchant.id(), id));
    }

    @PUT
    @Path("/{k}")
    @Operation(summary = "Save another definition; customers under way stay on the one they began with")
    public Response change(
            @PathParam("k") String id,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "tier change", value = EXAMPLE)))
                    JsonNode body) {
        return answer(campaigns.change(merchant.id(), merchant.actor(), id, body, IfMatch.revision(ifMatch)));
    }

    @POST
    @Path("/{k}/activate")
    @Operation(summary = "Begin: from now on its cause enrols customers")
    public Response activate(@PathParam("k") String id) {
        return answer(campaigns.activate(merchant.id(), merchant.actor(), id));
    }

    @POST
    @Path("/{k}/pause")
    @Operation(summary = "Stop sending within a second; nothing is lost")
    public Response pause(@PathParam("k") String id) {
        return answer(campaigns.pause(merchant.id(), id));
    }

    @POST
    @Path("/{k}/resume")
    @Operation(summary = "Go on where it was paused")
    public Response resume(@PathParam("k") String id) {
        return answer(campaigns.resume(merchant.id(), merchant.actor(), id));
    }

    @POST
    @Path("/{k}/finish")
    @Operation(summary = "End it for good; what is under way is skipped with this reason")
    public Response finish(@PathParam("k") String id) {
        return answer(campaigns.finish(merchant.id(), id));
    }

    @POST
    @Path("/{k}/approve")
    @Operation(summary = "Agree, as a second person, to what somebody else wrote and switched on")
    public Response approve(@PathParam("k") String id) {
        return answer(campaigns.approve(merchant.id(), merchant.actor(), id));
    }

    @POST
    @Path("/{k}/reject")
    @Operation(summary = "Send back what waits for approval, with a reason")
    public Response reject(
            @PathParam("k") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples =
                                                    @ExampleObject(
                                                            name = "reason",
                                                            value = "{\"reason\": \"the coupon is too high\"}")))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String reason = fields.required("reason", fields.text("reason", 500));
        fields.done();
        faults.throwIfAny();
        return answer(campaigns.reject(merchant.id(), merchant.actor(), id, reason));
    }

    @POST
    @Path("/{k}/confirm-size")
    @Operation(summary = "Let a campaign go on that stopped itself since it would reach more customers than expected")
    public Response confirmSize(@PathParam("k") String id) {
        return answer(campaigns.confirmSize(merchant.id(), merchant.actor(), id));
    }

    private Response answer(Campaign campaign) {
        return Response.ok(CampaignView.of(campaign, notices.of(campaign.merchantId, campaign.id)))
                .tag(String.valueOf(campaign.revision))
                .build();
    }
}
