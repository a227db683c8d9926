package io.regulars.customer.access;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.regulars.customer.input.Checks;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.Cache;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

@Path("/v1/clients")
@Tag(name = "access")
@RolesAllowed(Roles.OWNER)
@Idempotent(sealed = true)
class ClientResource {

    private final Clients clients;
    private final Merchant merchant;

    ClientResource(Clients clients, Merchant merchant) {
        this.clients = clients;
        this.merchant = merchant;
    }

    record NewClient(String name, List<String> roles) {}

    /// @param clientSecret only in the answer to the request that made it
    record ClientView(String clientId, String clientSecret, String name, List<String> roles, Instant createdAt) {
        static ClientView of(ApiClient client, String secret) {
            return new ClientView(client.clientId, secret, client.name, client.roles, client.createdAt);
        }
    }

    @GET
    @Operation(summary = "List API clients")
    public Page<ClientView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        return Page.of(clients.page(merchant.id(), Cursor.decodeLong(cursor), size + 1), size, client ->
                        new Object[] {client.apiClientId})
                .map(client -> ClientView.of(client, null));
    }

    @POST
    @Operation(summary = "Add an API client", description = "The answer holds its secret, which is shown once.")
    @APIResponse(
            responseCode = "201",
            description = "made",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = ClientView.class)))
    public Response add(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = NewClient.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "the shop's system",
                                                            value =
                                                                    "{\"name\": \"ERP\", \"roles\": [\"integration\"]}")))
                    NewClient input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var checks = new Checks();
        String name = checks.required("name", input.name(), 200);
        List<String> roles = Grants.roles(checks, input.roles());
        checks.orThrow();
        var made = clients.add(merchant.id(), name, roles);
        ClientView view = ClientView.of(made.client(), made.secret());
        return Response.created(URI.create("/v1/clients/" + view.clientId()))
                .entity(view)
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("/{client}")
    @Operation(summary = "Show an API client")
    public ClientView show(String client) {
        return ClientView.of(clients.find(merchant.id(), checked(client)), null);
    }

    @POST
    @Path("/{client}/secret")
    @Cache(noStore = true)
    @Operation(summary = "Give an API client a new secret", description = "The old one ends at once.")
    public ClientView renew(String client) {
        var renewed = clients.renew(merchant.id(), checked(client));
        return ClientView.of(renewed.client(), renewed.secret());
    }

    @DELETE
    @Path("/{client}")
    @Operation(summary = "Revoke an API client", description = "Tokens given before stay good for their few minutes.")
    public void revoke(String client) {
        clients.revoke(merchant.id(), checked(client));
    }

    private static String checked(String client) {
        if (client.indexOf('\0') >= 0) {
            throw Problems.notFound("client", "of this id");
        }
        return client;
    }
}
