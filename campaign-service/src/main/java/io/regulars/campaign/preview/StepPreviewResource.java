package io.regulars.campaign.preview;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Step;
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

/// Changes nothing; so its POST needs no key.
@Path("/v1/campaigns/{k}/steps/{n}/preview")
@Tag(name = "templates")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
class StepPreviewResource {

    private final Merchant merchant;
    private final Campaigns campaigns;
    private final Plans plans;
    private final Previews previews;

    StepPreviewResource(Merchant merchant, Campaigns campaigns, Plans plans, Previews previews) {
        this.merchant = merchant;
        this.campaigns = campaigns;
        this.plans = plans;
        this.previews = previews;
    }

    @POST
    @Operation(
            summary = "What a campaign's step would say to up to ten customers, and what those of its audience lack",
            description = "Steps are numbered from 0 as messages name them, in the campaign's present revision.")
    public Preview ofStep(
            @PathParam("k") String campaign,
            @PathParam("n") String place,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "two customers", value = Wanted.EXAMPLE)))
                    JsonNode body) {
        Plan plan = plans.current(merchant.id(), campaigns.resolve(merchant.id(), campaign))
                .orElseThrow(() -> Problems.notFound("campaign", campaign));
        var steps = plan.definition().steps();
        int step = place.matches("\\d{1,3}") ? Integer.parseInt(place) : steps.size();
        if (step >= steps.size() || !(steps.get(step) instanceof Step.Send send)) {
            throw Problems.notFound("message at step", place);
        }
        Wanted wanted = Wanted.read(body);
        return previews.preview(
                merchant.id(),
                send.template(),
                send.channel(),
                wanted.marketing() == null ? plan.marketing() : wanted.marketing(),
                wanted,
                wanted.audience() == null ? plan.definition().audience() : wanted.audience(),
                Previews.masked(merchant));
    }
}
