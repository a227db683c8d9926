package io.regulars.campaign.bounce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import jakarta.annotation.security.PermitAll;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;

import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Where the operator's mail server posts what comes back, each message as it is, for all merchants.
@Path("/hooks/bounces")
@Tag(name = "hooks", description = "For providers and mail servers: by their signature, or a secret path")
@PermitAll
@Idempotent
class BounceHook {

    private final BouncePost post;
    private final BounceConfig config;

    BounceHook(BouncePost post, BounceConfig config) {
        this.post = post;
        this.config = config;
    }

    @POST
    @Path("/{token}")
    @Consumes(MediaType.WILDCARD)
    @Transactional
    @Operation(summary = "Tell what came back, by the operator's secret path", description = BounceResource.TAKEN)
    public BouncePost.Taken all(
            @PathParam("token") String token,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "message/rfc822",
                                            schema = @Schema(type = SchemaType.STRING),
                                            examples =
                                                    @ExampleObject(
                                                            name = "unknown user",
                                                            value = BounceResource.EXAMPLE)))
                    byte[] body) {
        boolean known = config.token()
                .filter(secret -> MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        if (!known) {
            throw Problems.unauthorized("not the secret path of regulars.bounces.token");
        }
        return post.take(body, null);
    }
}
