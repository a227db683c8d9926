package io.regulars.customer.access;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.regulars.customer.input.Checks;
import io.regulars.kit.id.PublicId;
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

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

@Path("/v1/users")
@Tag(name = "access")
@RolesAllowed(Roles.OWNER)
@Idempotent(sealed = true)
class UserResource {

    private static final String NEW = """
            {"email": "mei@example.com", "name": "Han Meimei", "roles": ["marketer"], "password": "correct horse"}""";

    private static final String CHANGE = """
            {"name": "Han Meimei", "roles": ["marketer", "support"], "disabled": false}""";

    private final Users users;
    private final Merchant merchant;

    UserResource(Users users, Merchant merchant) {
        this.users = users;
        this.merchant = merchant;
    }

    record NewUser(String email, String name, List<String> roles, String password) {}

    /// @param password a new one; absent to keep the old
    record UserChange(String name, List<String> roles, Boolean disabled, String password) {}

    record UserView(String id, String email, String name, List<String> roles, boolean disabled, Instant createdAt) {
        static UserView of(UserAccount user) {
            return new UserView(
                    PublicId.format("usr", user.userId),
                    user.email,
                    user.name,
                    user.roles,
                    user.disabled,
                    user.createdAt);
        }
    }

    @GET
    @Operation(summary = "List users")
    public Page<UserView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        return Page.of(users.page(merchant.id(), Cursor.decodeLong(cursor), size + 1), size, user ->
                        new Object[] {user.userId})
                .map(UserView::of);
    }

    @POST
    @Operation(summary = "Add a user", description = "Who logs in with e-mail address and password.")
    @APIResponse(
            responseCode = "201",
            description = "made",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = UserView.class)))
    @APIResponse(responseCode = "409", description = "the address is taken")
    public Response add(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = NewUser.class),
                                            examples = @ExampleObject(name = "a marketer", value = NEW)))
                    NewUser input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var checks = new Checks();
        String email = checks.email("email", checks.required("email", input.email(), 254));
        String name = checks.required("name", input.name(), 200);
        List<String> roles = Grants.roles(checks, input.roles());
        String password = Grants.password(checks, "password", input.password());
        checks.orThrow();
        UserView view = UserView.of(users.add(merchant.id(), email, name, roles, password));
        return Response.created(URI.create("/v1/users/" + view.id()))
                .entity(view)
                .build();
    }

    @GET
    @Path("/{user}")
    @Operation(summary = "Show a user")
    public UserView show(String user) {
        return UserView.of(users.find(merchant.id(), id(user)));
    }

    @PUT
    @Path("/{user}")
    @Operation(
            summary = "Change a user",
            description =
                    "Name, roles, whether disabled, and the password where one is given. The last owner stays one.")
    public UserView change(
            String user,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            examples = @ExampleObject(name = "more roles", value = CHANGE)))
                    UserChange input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var checks = new Checks();
        String name = checks.required("name", input.name(), 200);
        List<String> roles = Grants.roles(checks, input.roles());
        if (input.password() != null) {
            Grants.password(checks, "password", input.password());
        }
        checks.orThrow();
        return UserView.of(users.change(
                merchant.id(), id(user), name, roles, Boolean.TRUE.equals(input.disabled()), input.password()));
    }

    @DELETE
    @Path("/{user}")
    @Operation(summary = "Remove a user", description = "Tokens given before stay good for their few minutes.")
    public void remove(String user) {
        users.remove(merchant.id(), id(user));
    }

    private static long id(String user) {
        return PublicId.parse("usr", user).orElseThrow(() -> Problems.notFound("user", user));
    }
}
