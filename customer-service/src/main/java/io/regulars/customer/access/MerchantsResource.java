package io.regulars.customer.access;

import java.net.URI;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.MerchantInput;
import io.regulars.customer.merchant.Merchants;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

/// The operator's door: a merchant with its first user and its first API client.
@Path("/v1/merchants")
@Tag(name = "merchants", description = "For the operator of the installation")
@Idempotent(sealed = true)
class MerchantsResource {

    private static final String EXAMPLE = """
            {"name": "小棉袄母婴", "timeZone": "Asia/Shanghai", "currency": "CNY", "locale": "zh-CN",
             "owner": {"email": "owner@example.com", "password": "correct horse", "name": "王掌柜"}}""";

    private final Merchants merchants;
    private final Users users;
    private final Clients clients;

    MerchantsResource(Merchants merchants, Users users, Clients clients) {
        this.merchants = merchants;
        this.users = users;
        this.clients = clients;
    }

    record Owner(String email, String password, String name) {}

    record NewMerchant(
            String name, String timeZone, String currency, String locale, List<String> nonProductCodes, Owner owner) {}

    record NewMerchantView(String id, FirstClient client, FirstUser owner) {
        record FirstClient(String clientId, String clientSecret) {}

        record FirstUser(String id, String email) {}
    }

    @POST
    @Transactional
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            summary = "Make a merchant",
            description = "With an owner, who logs in with the password grant, and an API client of role integration,"
                    + " whose secret is shown once.")
    @APIResponse(
            responseCode = "201",
            description = "made",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = NewMerchantView.class)))
    public Response make(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = NewMerchant.class),
                                            examples = @ExampleObject(name = "a shop", value = EXAMPLE)))
                    NewMerchant input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var checks = new Checks();
        MerchantInput settings = new MerchantInput(
                        input.name(), input.timeZone(), input.currency(), input.locale(), input.nonProductCodes())
                .checked(checks);
        Owner owner = input.owner() == null ? new Owner(null, null, null) : input.owner();
        String email = checks.email("owner.email", checks.required("owner.email", owner.email(), 254));
        String name = checks.required("owner.name", owner.name(), 200);
        String password = Grants.password(checks, "owner.password", owner.password());
        checks.orThrow();

        int merchant = merchants.add(settings).merchantId();
        UserAccount first = users.add(merchant, email, name, List.of(Roles.OWNER), password);
        var client = clients.add(merchant, "first client", List.of(Roles.INTEGRATION));
        String id = PublicId.format("mer", merchant);
        return Response.created(URI.create("/v1/merchant"))
                .entity(new NewMerchantView(
                        id,
                        new NewMerchantView.FirstClient(client.client().clientId, client.secret()),
                        new NewMerchantView.FirstUser(PublicId.format("usr", first.userId), first.email)))
                .header("Cache-Control", "no-store")
                .build();
    }
}
