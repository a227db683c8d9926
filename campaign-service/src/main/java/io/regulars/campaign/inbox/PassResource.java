package io.regulars.campaign.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Customers;
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

@Path("/v1/inbox/{c}/passes")
@Tag(name = "inbox")
@RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
@Idempotent
class PassResource {

    private static final Duration STANDARD = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofHours(24);

    record PassView(String pass, Instant expiresAt) {}

    private final Merchant merchant;
    private final Customers customers;
    private final Passes passes;
    private final Clock clock;

    PassResource(Merchant merchant, Customers customers, Passes passes, Clock clock) {
        this.merchant = merchant;
        this.customers = customers;
        this.passes = passes;
        this.clock = clock;
    }

    @POST
    @Transactional
    @Operation(
            summary = "Let the customer's browser read their inbox",
            description = "For the widget: a page of the shop holds `<script src=\"…/api/campaign/inbox/widget.js\""
                    + " data-pass=\"…\" async></script>`. Ask for one for each visit of a customer who is logged in.")
    public PassView create(
            @PathParam("c") String customer,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "for 12 hours", value = "{}"),
                                                @ExampleObject(name = "shorter", value = "{\"validFor\": \"PT1H\"}")
                                            }))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        Duration validFor = fields.duration("validFor");
        if (validFor != null && (!validFor.isPositive() || validFor.compareTo(LONGEST) > 0)) {
            fields.fault("validFor", "must be positive, and at most " + LONGEST);
        }
        fields.done();
        faults.throwIfAny();
        long reader = customers.resolve(merchant.id(), customer);
        Instant until =
                clock.instant().plus(validFor == null ? STANDARD : validFor).truncatedTo(ChronoUnit.SECONDS);
        return new PassView(passes.write(new Passes.Holder(merchant.id(), reader, until)), until);
    }
}
