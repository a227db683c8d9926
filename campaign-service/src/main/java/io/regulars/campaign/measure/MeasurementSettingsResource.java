package io.regulars.campaign.measure;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.price.PriceList;
import io.regulars.campaign.price.Prices;
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

@Path("/v1/measurement-settings")
@Tag(name = "measurement")
class MeasurementSettingsResource {

    private static final String EXAMPLE = """
            {"costs": {"sms": {"amount": "0.045", "currency": "CNY"}, "email": {"amount": "0.002", "currency": "CNY"}},
             "marginPercent": 35}""";

    private final Merchant merchant;
    private final Shops shops;
    private final PriceList prices;

    MeasurementSettingsResource(Merchant merchant, Shops shops, PriceList prices) {
        this.merchant = merchant;
        this.shops = shops;
        this.prices = prices;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
    @Operation(summary = "What a message costs on each channel, and what is left of a price")
    public Response get() {
        return answer(prices.of(merchant.id(), currency()));
    }

    @PUT
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(
            summary = "Set these; what is left out is not known",
            description =
                    "A cost is of one message and may be finer than the currency: reports reckon by it, and budgets of"
                            + " money. marginPercent is what is left of a price before coupons once the goods are paid"
                            + " for.")
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
        Prices given = Prices.read(body, currency(), faults);
        Integer revision = IfMatch.revision(ifMatch);
        faults.throwIfAny();
        return answer(prices.save(merchant.id(), merchant.actor(), given, revision));
    }

    private String currency() {
        return shops.find(merchant.id()).currency();
    }

    private static Response answer(PriceList.Kept kept) {
        return Response.ok(kept.prices().write())
                .tag(String.valueOf(kept.revision()))
                .build();
    }
}
