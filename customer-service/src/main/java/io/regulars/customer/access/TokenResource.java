package io.regulars.customer.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

/// OAuth 2 (RFC 6749): client credentials for systems, password for the console's users.
@Path("/oauth/token")
@Tag(name = "access", description = "Tokens, users and API clients")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class TokenResource {

    private static final int LONGEST = 1_000;

    private final Logins logins;
    private final Tokens tokens;

    TokenResource(Logins logins, Tokens tokens) {
        this.logins = logins;
        this.tokens = tokens;
    }

    record OAuthError(
            String error, @JsonProperty("error_description") String description) {}

    private record Credentials(String id, String secret) {}

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(
            summary = "Get a token",
            description = "grant_type=client_credentials with the client's id and secret (HTTP Basic, or client_id and"
                    + " client_secret in the form), or grant_type=password with username and password of a user."
                    + " Send it as Authorization: Bearer.")
    @APIResponse(
            responseCode = "200",
            description = "a token",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = Tokens.Token.class)))
    @APIResponse(responseCode = "401", description = "wrong credentials")
    @APIResponse(responseCode = "429", description = "too many failures; Retry-After says how long to wait")
    public Response token(
            @FormParam("grant_type") String grantType,
            @FormParam("client_id") String clientId,
            @FormParam("client_secret") String clientSecret,
            @FormParam("username") String username,
            @FormParam("password") String password,
            @HeaderParam("Authorization") String authorization) {
        if (grantType == null) {
            return error(400, "invalid_request", "grant_type is required");
        }
        return switch (grantType) {
            case "client_credentials" -> client(credentials(authorization, clientId, clientSecret));
            case "password" -> user(username, password);
            default -> error(400, "unsupported_grant_type", "grant_type must be client_credentials or password");
        };
    }

    private Response client(Credentials given) {
        if (given == null || !usable(given.id()) || !usable(given.secret())) {
            return error(401, "invalid_client", "client id and secret are required");
        }
        return answer(
                logins.client(given.id(), given.secret()), 401, "invalid_client", "unknown client or wrong secret");
    }

    private Response user(String username, String password) {
        if (!usable(username) || !usable(password)) {
            return error(400, "invalid_request", "username and password are required");
        }
        return answer(logins.user(username, password), 400, "invalid_grant", "unknown user or wrong password");
    }

    private Response answer(Logins.Login login, int status, String error, String description) {
        return switch (login) {
            case Logins.Login.Accepted(Tokens.Bearer bearer) ->
                Response.ok(tokens.issue(bearer))
                        .header("Cache-Control", "no-store")
                        .build();
            case Logins.Login.Refused() -> error(status, error, description);
            case Logins.Login.MustWait(Duration time) ->
                Response.status(429)
                        .entity(new OAuthError("slow_down", "too many failures; wait"))
                        .header("Retry-After", Math.max(1, time.toSeconds()))
                        .build();
        };
    }

    private static Credentials credentials(String authorization, String clientId, String clientSecret) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return clientId == null ? null : new Credentials(clientId, clientSecret);
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? null
                    : new Credentials(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /// RFC 6749 encodes both parts as in a form.
    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private static boolean usable(String text) {
        return text != null && !text.isEmpty() && text.length() <= LONGEST && text.indexOf('\0') < 0;
    }

    private static Response error(int status, String error, String description) {
        var response = Response.status(status)
                .entity(new OAuthError(error, description))
                .header("Cache-Control", "no-store");
        return status == 401
                ? response.header("WWW-Authenticate", "Basic realm=\"regulars\"")
                        .build()
                : response.build();
    }
}
