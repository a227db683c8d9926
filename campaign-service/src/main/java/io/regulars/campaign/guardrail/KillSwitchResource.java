package io.regulars.campaign.guardrail;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/kill-switch")
@Tag(name = "guardrails")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class KillSwitchResource {

    private static final String EXAMPLE = """
            {"on": true, "reason": "wrong prices in the newsletter"}""";

    /// @param turns the latest first
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KillSwitchView(boolean on, String reason, String by, Instant since, List<Stops.Turn> turns) {}

    private final Merchant merchant;
    private final Stops stops;

    KillSwitchResource(Merchant merchant, Stops stops) {
        this.merchant = merchant;
        this.stops = stops;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT})
    @Operation(summary = "Whether the shop's sending is stopped, and who turned the switch when")
    public KillSwitchView get() {
        int shop = merchant.id();
        Stops.Stop stop = stops.find(shop).orElse(null);
        return new KillSwitchView(
                stop != null,
                stop == null ? null : stop.reason(),
                stop == null ? null : stop.by(),
                stop == null ? null : stop.at(),
                stops.turns(shop));
    }

    @POST
    @Operation(summary = "Stop all sending of the shop within a second, or go on; nothing is lost meanwhile")
    public KillSwitchView turn(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "stop", value = EXAMPLE)))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        Boolean on = fields.required("on", fields.flag("on"));
        String reason = fields.text("reason", 500);
        if (Boolean.TRUE.equals(on)) {
            fields.required("reason", reason);
        }
        fields.done();
        faults.throwIfAny();
        if (on) {
            stops.stop(merchant.id(), merchant.actor(), reason);
        } else {
            stops.resume(merchant.id(), merchant.actor(), reason);
        }
        return get();
    }
}
