package io.regulars.campaign.tracking;

import java.time.Clock;
import java.util.Map;
import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.link.TrackingSwitch;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/tracking")
@Tag(name = "tracking", description = "Opens and clicks of e-mails")
class TrackingResource {

    record Setting(boolean enabled) {}

    private final Merchant merchant;
    private final TrackingSwitch tracking;
    private final Hits hits;
    private final Campaigns campaigns;
    private final Clock clock;

    TrackingResource(Merchant merchant, TrackingSwitch tracking, Hits hits, Campaigns campaigns, Clock clock) {
        this.merchant = merchant;
        this.tracking = tracking;
        this.hits = hits;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
    @Operation(summary = "Whether opens and clicks are tracked")
    public Setting get() {
        return new Setting(tracking.off(Set.of(merchant.id())).isEmpty());
    }

    @PUT
    @Transactional
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(
            summary = "Switch tracking on or off for all campaigns",
            description = "A campaign can do without for itself, by its field `tracking`. E-mails that are sent already"
                    + " keep their links, which go on leading where they led.")
    public Setting put(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "off", value = "{\"enabled\": false}")))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        Boolean enabled = fields.required("enabled", fields.flag("enabled"));
        fields.done();
        faults.throwIfAny();
        tracking.set(merchant.id(), enabled, clock.instant(), merchant.actor());
        return new Setting(enabled);
    }

    @GET
    @Path("/counts")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(
            summary = "How many opens and clicks, and of how many messages, by whom",
            description =
                    "`person`; `proxy`, which fetches pictures whether anybody looks or not (Apple, Gmail, Yahoo);"
                            + " `bot`: scanners, previews, whoever clicks within seconds or clicks everything. Only a"
                            + " person's open or click moves a message. `unjudged` are of the last seconds.")
    public Map<String, Map<String, Hits.Count>> counts(@QueryParam("campaign") String campaign) {
        return hits.counts(merchant.id(), campaign == null ? null : campaigns.resolve(merchant.id(), campaign));
    }
}
