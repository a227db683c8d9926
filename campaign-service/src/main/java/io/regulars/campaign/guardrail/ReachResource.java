package io.regulars.campaign.guardrail;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.ConditionReader;
import io.regulars.campaign.reading.ChannelNames;
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

@Path("/v1/audiences/reach")
@Tag(name = "audiences")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
class ReachResource {

    private static final String EXAMPLE = """
            {"audience": {"field": "tier", "op": "in", "value": ["vip"]}, "channel": "sms", "class": "marketing"}""";

    private final Merchant merchant;
    private final Reach reach;

    ReachResource(Merchant merchant, Reach reach) {
        this.merchant = merchant;
        this.reach = reach;
    }

    @POST
    @Operation(summary = "Count whom a channel would reach now, and by which reasons it would not reach the others")
    public Reach.Counts count(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "VIPs by SMS", value = EXAMPLE)))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        Condition audience = new ConditionReader(faults).read("audience", fields.raw("audience"));
        String channel = fields.required("channel", fields.oneOf("channel", ChannelNames.ALL));
        String kind = fields.oneOf("class", List.of("marketing", "transactional"));
        fields.done();
        faults.throwIfAny();
        return reach.count(merchant.id(), audience, ChannelNames.parse(channel), !"transactional".equals(kind));
    }
}
