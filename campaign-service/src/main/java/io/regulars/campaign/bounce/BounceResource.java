package io.regulars.campaign.bounce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.mail.MessagingException;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;

import io.regulars.campaign.message.MessageKey;
import io.regulars.campaign.message.MessageList;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Where a mail server posts what comes back, each message as it is. The operator's own, over all merchants,
/// by a secret path; a merchant's, for its messages alone, by its token.
@Path("/v1/bounces")
@Tag(name = "bounces", description = "E-mails that come back, and complaints")
@Idempotent
class BounceResource {

    private static final String TAKEN = "A notification (RFC 3464) or a complaint (ARF, RFC 5965), as a whole message."
            + " The same posted again changes nothing.";
    private static final String EXAMPLE = """
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

    /// @param outcome `hard`, `soft`, `delivered`, `complaint`, or `ignored`
    /// @param messageId which it was about
    record Taken(String outcome, String messageId) {}

    private final Merchant merchant;
    private final Bounces bounces;
    private final BounceConfig config;

    BounceResource(Merchant merchant, Bounces bounces, BounceConfig config) {
        this.merchant = merchant;
        this.bounces = bounces;
        this.config = config;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Transactional
    @RolesAllowed(Roles.INTEGRATION)
    @Operation(summary = "Tell what came back of the merchant's own messages", description = TAKEN)
    public Taken own(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "message/rfc822",
                                            schema = @Schema(type = SchemaType.STRING),
                                            examples = @ExampleObject(name = "unknown user", value = EXAMPLE)))
                    byte[] body) {
        return take(body, merchant.id());
    }

    @POST
    @Path("/{token}")
    @Consumes(MediaType.WILDCARD)
    @Transactional
    @PermitAll
    @Operation(summary = "Tell what came back, by the operator's secret path", description = TAKEN)
    public Taken all(
            @PathParam("token") String token,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = "message/rfc822",
                                            schema = @Schema(type = SchemaType.STRING),
                                            examples = @ExampleObject(name = "unknown user", value = EXAMPLE)))
                    byte[] body) {
        boolean known = config.token()
                .filter(secret -> MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        if (!known) {
            throw Problems.unauthorized("not the secret path of regulars.bounces.token");
        }
        return take(body, null);
    }

    private Taken take(byte[] body, Integer whose) {
        MailReport report;
        try {
            report = ReportReader.read(body == null ? new byte[0] : body);
        } catch (MessagingException e) {
            throw Problems.badRequest("not a message: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("memory is read whatever is in it", e);
        }
        Optional<MessageKey> message = bounces.take(report, whose);
        return message.map(key -> new Taken(
                        report.kind().name().toLowerCase(Locale.ROOT), PublicId.format(MessageList.ID, key.id())))
                .orElseGet(() -> new Taken("ignored", null));
    }
}
