package io.regulars.campaign.playbook;

import java.net.URI;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Campaign;
import io.regulars.campaign.campaign.CampaignView;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/playbooks")
@Tag(name = "playbooks")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class PlaybookResource {

    private static final String EXAMPLE = """
            {"name": "湿巾复购", "channels": ["sms", "inbox"], "coupon": "cpn_1", "holdoutPercent": 10}""";

    /// @param campaignId of the campaign that is on, or absent
    record PlaybookView(String id, String name, String about, JsonNode trigger, String campaignId, String state) {}

    record PlaybookList(List<PlaybookView> items) {}

    private final Merchant merchant;
    private final Shops shops;
    private final Campaigns campaigns;
    private final Playbooks playbooks;

    PlaybookResource(Merchant merchant, Shops shops, Campaigns campaigns, Playbooks playbooks) {
        this.merchant = merchant;
        this.shops = shops;
        this.campaigns = campaigns;
        this.playbooks = playbooks;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
    @Operation(summary = "The playbooks, and which of them are on")
    public PlaybookList list() {
        boolean chinese = shops.find(merchant.id()).chinese();
        return new PlaybookList(
                Playbook.ALL.stream().map(playbook -> view(playbook, chinese)).toList());
    }

    @POST
    @Path("/{p}/campaigns")
    @Operation(summary = "Switch a playbook on; one that is on already is answered as it is")
    public Response switchOn(
            @PathParam("p") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "as it is", value = "{}"),
                                                @ExampleObject(name = "otherwise", value = EXAMPLE)
                                            }))
                    JsonNode body) {
        Playbook playbook = Playbook.named(id).orElseThrow(() -> Problems.notFound("playbook", id));
        var on = playbooks.switchOn(merchant.id(), merchant.actor(), playbook, body);
        Response.ResponseBuilder answer = on.fresh()
                ? Response.created(URI.create("v1/campaigns/" + Campaigns.publicId(on.campaign().id)))
                : Response.ok();
        return answer.entity(CampaignView.of(on.campaign()))
                .tag(String.valueOf(on.campaign().revision))
                .build();
    }

    private PlaybookView view(Playbook playbook, boolean chinese) {
        Campaign on = campaigns.ofPlaybook(merchant.id(), playbook.id()).orElse(null);
        return new PlaybookView(
                playbook.id(),
                playbook.name(chinese),
                playbook.about(chinese),
                playbook.trigger(),
                on == null ? null : Campaigns.publicId(on.id),
                on == null ? null : on.state);
    }
}
