package io.regulars.customer.merchant;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import io.regulars.customer.input.Checks;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

@Path("/v1/merchant")
@Tag(name = "merchant", description = "The settings of the token's merchant")
class MerchantResource {

    private final Merchants merchants;
    private final Merchant merchant;

    MerchantResource(Merchants merchants, Merchant merchant) {
        this.merchants = merchants;
        this.merchant = merchant;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Show the settings")
    public MerchantView show() {
        return MerchantView.of(merchants.settings(merchant.id()));
    }

    @PUT
    @RolesAllowed(Roles.OWNER)
    @Operation(
            summary = "Replace the settings",
            description = "The currency cannot change. Lines with a code of nonProductCodes count neither as purchases"
                    + " nor as amounts; returns are netted anew when the list changes.")
    public MerchantView replace(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            examples = @ExampleObject(name = "a gift shop", value = """
                            {"name": "Gift shop", "timeZone": "Europe/London", "currency": "GBP", "locale": "en-GB",
                             "nonProductCodes": ["POST", "DOT", "M", "C2", "D", "S", "BANK CHARGES"]}""")))
                    MerchantInput input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var checks = new Checks();
        MerchantInput checked = input.checked(checks);
        checks.orThrow();
        return MerchantView.of(merchants.change(merchant.id(), checked));
    }
}
