package io.regulars.campaign.playbook;

import java.net.URI;
import java.util.List;
import java.util.Map;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Campaign;
import io.regulars.campaign.campaign.CampaignView;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.rehearsal.Glance;
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
    /// @param needs what it lives on, and what of that the shop lacks
    /// @param today what it would do; absent where that was not asked for
    record PlaybookView(
            String id,
            String name,
            String about,
            JsonNode trigger,
            String campaignId,
            String state,
            Needs.Of needs,
            Glance.Seen today) {}

    record PlaybookList(List<PlaybookView> items) {}

    private final Merchant merchant;
    private final Shops shops;
    private final Campaigns campaigns;
    private final Playbooks playbooks;
    private final Plans plans;
    private final Needs needs;
    private final Glance glance;

    PlaybookResource(
            Merchant merchant,
            Shops shops,
            Campaigns campaigns,
            Playbooks playbooks,
            Plans plans,
            Needs needs,
            Glance glance) {
        this.merchant = merchant;
        this.shops = shops;
        this.campaigns = campaigns;
        this.playbooks = playbooks;
        this.plans = plans;
        this.needs = needs;
        this.glance = glance;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
    @Operation(
            summary = "The playbooks, what they need, and which of them are on",
            description = "With today=true each tells what it would do today, as GET /{p} does for one.")
    public PlaybookList list(@QueryParam("today") @DefaultValue("false") boolean today) {
        boolean chinese = shops.find(merchant.id()).chinese();
        Needs.Facts facts = needs.facts(merchant.id());
        return new PlaybookList(Playbook.ALL.stream()
                .map(playbook -> view(playbook, chinese, facts, today))
                .toList());
    }

    @GET
    @Path("/{p}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
    @Operation(
            summary = "A playbook: what it needs, what the shop lacks of that, and what it would do today",
            description = "Judged by the guardrails that send, of some hundreds of customers at most: a larger shop's"
                    + " figures are estimated from these, and say so.")
    public PlaybookView get(@PathParam("p") String id) {
        Playbook playbook = Playbook.named(id).orElseThrow(() -> Problems.notFound("playbook", id));
        return view(playbook, shops.find(merchant.id()).chinese(), needs.facts(merchant.id()), true);
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

    private PlaybookView view(Playbook playbook, boolean chinese, Needs.Facts facts, boolean today) {
        Campaign on = campaigns.ofPlaybook(merchant.id(), playbook.id()).orElse(null);
        Plan plan = on == null
                ? Plans.unsaved(merchant.id(), Playbooks.definition(playbook, chinese))
                : plans.current(merchant.id(), on.id).orElseThrow();
        Map<Long, JsonNode> coupons = on == null
                ? playbook.coupon(chinese)
                        .map(offer -> Map.of(Playbooks.UNSAVED_COUPON, offer))
                        .orElse(Map.of())
                : Map.of();
        return new PlaybookView(
                playbook.id(),
                playbook.name(chinese),
                playbook.about(chinese),
                playbook.trigger(),
                on == null ? null : Campaigns.publicId(on.id),
                on == null ? null : on.state,
                needs.of(plan, facts),
                today ? glance.at(plan, coupons) : null);
    }
}
