package io.regulars.campaign.guardrail;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.IfMatch;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/guardrails")
@Tag(name = "guardrails")
class GuardrailResource {

    private static final String EXAMPLE = """
            {"quietHours": {"channels": ["sms"], "from": "22:00", "to": "08:00"},
             "caps": [{"channel": "sms", "max": 2, "per": "P7D"}, {"channel": "all", "max": 5, "per": "P7D"}],
             "holdoutPercent": 5,
             "globalHoldout": {"percent": 2, "rotate": "quarter"},
             "budgets": [{"of": "money", "most": "500.00", "per": "month"}],
             "breaker": {"factor": 2, "floor": 500},
             "approval": {"required": true, "fromAudience": 10000},
             "transactional": {"quietHours": true}}""";

    private final Merchant merchant;
    private final Guardrails guardrails;

    GuardrailResource(Merchant merchant, Guardrails guardrails) {
        this.merchant = merchant;
        this.guardrails = guardrails;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
    @Operation(summary = "The limits that every campaign of the shop keeps to")
    public Response get() {
        return answer(guardrails.kept(merchant.id()));
    }

    @PUT
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(summary = "Set the limits; what is left out is switched off")
    public Response put(
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "usual", value = EXAMPLE)))
                    JsonNode body) {
        var faults = new Faults();
        Settings settings = SettingsJson.read(body, faults);
        Integer revision = IfMatch.revision(ifMatch);
        faults.throwIfAny();
        return answer(guardrails.save(merchant.id(), merchant.actor(), settings, revision));
    }

    private static Response answer(Guardrails.Kept kept) {
        return Response.ok(SettingsJson.write(kept.settings()))
                .tag(String.valueOf(kept.revision()))
                .build();
    }
}
