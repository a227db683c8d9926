package io.regulars.campaign.receipt;

import java.time.Clock;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import jakarta.annotation.security.PermitAll;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import io.regulars.campaign.channel.Words;
import io.regulars.campaign.sms.Callback;
import io.regulars.campaign.sms.Inbound;
import io.regulars.campaign.sms.SmsGateway;
import io.regulars.campaign.sms.SmsProvider;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Where SMS providers post to. Nobody bears a token of ours here: the provider's signature counts, or a
/// secret at the end of the path. An unknown provider is answered like a wrong signature.
@Path("/hooks/{provider}")
@Tag(name = "hooks", description = "For providers and mail servers: by their signature, or a secret path")
@PermitAll
@Idempotent
class ReceiptResource {

    private static final String EXAMPLE = """
            [{"phone_number": "13900000001", "send_time": "2026-03-01 11:12:13", "report_time": "2026-03-01 11:12:14",
              "success": true, "err_code": "DELIVERED", "err_msg": "用户接收成功", "sms_size": "1",
              "biz_id": "900619746936498440^0", "out_id": "k1"}]\
            """;

    private final SmsGateway gateway;
    private final Receipts receipts;
    private final Replies replies;
    private final Clock clock;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    ReceiptResource(SmsGateway gateway, Receipts receipts, Replies replies, Clock clock) {
        this.gateway = gateway;
        this.receipts = receipts;
        this.replies = replies;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Transactional
    @Operation(
            summary = "Tell of deliveries and replies, signed",
            description = "Twilio and gateways of kind `http`. The same told again changes nothing.")
    public Response signed(
            @PathParam("provider") String provider,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.WILDCARD,
                                            schema = @Schema(type = SchemaType.STRING),
                                            examples =
                                                    @ExampleObject(
                                                            name = "Twilio",
                                                            value = "MessageSid=SM1&MessageStatus=delivered")))
                    byte[] body) {
        return take(provider, null, body);
    }

    @POST
    @Path("/{token}")
    @Consumes(MediaType.WILDCARD)
    @Transactional
    @Operation(
            summary = "Tell of deliveries and replies, by a secret path",
            description =
                    "Aliyun's SmsReport and SmsUp, Tencent Cloud's callbacks. The same told again changes nothing.")
    public Response secret(
            @PathParam("provider") String provider,
            @PathParam("token") String token,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.WILDCARD,
                                            schema = @Schema(type = SchemaType.STRING),
                                            examples = @ExampleObject(name = "Aliyun", value = EXAMPLE)))
                    byte[] body) {
        return take(provider, token, body);
    }

    private Response take(String name, String token, byte[] body) {
        SmsProvider provider = gateway.provider(name).orElseThrow(ReceiptResource::stranger);
        Map<String, String> lower = new HashMap<>();
        headers.getRequestHeaders()
                .forEach((header, values) -> lower.put(header.toLowerCase(Locale.ROOT), values.getFirst()));
        var callback = new Callback(
                uri.getRequestUri().getRawQuery(), token, lower, body == null ? new byte[0] : body, clock.instant());
        Inbound inbound;
        try {
            inbound = provider.inbound(callback).orElseThrow(ReceiptResource::stranger);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Problems.badRequest("not a callback of this provider: " + Words.of(e.getMessage()));
        }
        receipts.keep(name, inbound.reports());
        receipts.apply();
        replies.take(name, inbound.replies());
        return provider.thanks().isEmpty()
                ? Response.noContent().build()
                : Response.ok(provider.thanks(), MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }

    private static RuntimeException stranger() {
        return Problems.unauthorized("neither signed by this provider nor by its secret path");
    }
}
