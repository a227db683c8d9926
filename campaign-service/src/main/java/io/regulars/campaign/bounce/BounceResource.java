package io.regulars.campaign.bounce;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

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

/// Where a merchant's mail server posts what comes back of its own messages, by its token.
@Path("/v1/bounces")
@Tag(name = "bounces", description = "E-mails that come back, and complaints")
@Idempotent
class BounceResource {

    static final String TAKEN = "A notification (RFC 3464) or a complaint (ARF, RFC 5965), as a whole message."
            + " The same posted again changes nothing.";
    static final String EXAMPLE = """
            From: MAILER-DAEMON@mx.example
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; a@b.example
            Action: failed
            Status: 5.1.1
            --b--
            """;

    private final Merchant merchant;
    private final BouncePost post;

    BounceResource(Merchant merchant, BouncePost post) {
        this.merchant = merchant;
        this.post = post;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Transactional
    @RolesAllowed(Roles.INTEGRATION)
    @Operation(summary = "Tell what came back of the merchant's own messages", description = TAKEN)
    public BouncePost.Taken own(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "message/rfc822",
                                            schema = @Schema(type = SchemaType.STRING),
                                            examples = @ExampleObject(name = "unknown user", value = EXAMPLE)))
                    byte[] body) {
        return post.take(body, merchant.id());
    }
}
