package io.regulars.campaign.tracking;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Optional;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

import io.regulars.campaign.link.LinkTokens;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Where the links and the picture of a message lead. For readers of messages and no part of the API, so it
/// is not described there; who comes without one of our signatures finds nothing.
@Path("/")
@PermitAll
class LinkResource {

    private static final byte[] PICTURE =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    private static final String GIF = ".gif";

    private final LinkTokens tokens;
    private final Hits hits;

    @HeaderParam("User-Agent")
    String userAgent;

    @HeaderParam("Sec-Purpose")
    String secPurpose;

    @HeaderParam("Purpose")
    String purpose;

    LinkResource(LinkTokens tokens, Hits hits) {
        this.tokens = tokens;
        this.hits = hits;
    }

    @GET
    @Path("/l/{token}")
    @Operation(hidden = true)
    public Response follow(@PathParam("token") String token) {
        return click(token, false);
    }

    @HEAD
    @Path("/l/{token}")
    @Operation(hidden = true)
    public Response look(@PathParam("token") String token) {
        return click(token, true);
    }

    @GET
    @Path("/o/{name}")
    @Operation(hidden = true)
    public Response picture(@PathParam("name") String name) {
        return open(name, false);
    }

    @HEAD
    @Path("/o/{name}")
    @Operation(hidden = true)
    public Response pictureHead(@PathParam("name") String name) {
        return open(name, true);
    }

    private Response click(String token, boolean head) {
        return tokens.read(LinkTokens.Kind.LINK, token)
                .flatMap(ref -> hits.clicked(ref, agent(head)))
                .flatMap(LinkResource::location)
                .map(url -> quiet(Response.status(Response.Status.FOUND).location(url)))
                .orElseGet(LinkResource::nothing);
    }

    private Response open(String name, boolean head) {
        Optional<LinkTokens.Ref> ref = name.endsWith(GIF)
                ? tokens.read(LinkTokens.Kind.PICTURE, name.substring(0, name.length() - GIF.length()))
                : Optional.empty();
        if (ref.isEmpty()) {
            return nothing();
        }
        hits.opened(ref.get(), agent(head));
        return quiet(Response.ok(PICTURE, "image/gif"));
    }

    private Agent agent(boolean head) {
        return Agent.of(head, userAgent, secPurpose == null ? purpose : secPurpose);
    }

    private static Optional<URI> location(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException e) {
            try {
                // letters beyond ASCII are taken; what is left is an odd character such as a bar
                return Optional.of(
                        new URI(url.replace("|", "%7C").replace("^", "%5E").replace("`", "%60")));
            } catch (URISyntaxException again) {
                return Optional.empty();
            }
        }
    }

    private static Response quiet(Response.ResponseBuilder answer) {
        return answer.header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .build();
    }

    private static Response nothing() {
        return quiet(Response.status(Response.Status.NOT_FOUND));
    }
}
