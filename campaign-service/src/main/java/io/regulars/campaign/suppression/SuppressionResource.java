package io.regulars.campaign.suppression;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.ChannelNames;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/suppressions")
@Tag(name = "suppressions", description = "Addresses that must not be written to")
@Idempotent
class SuppressionResource {

    private static final String ID = "sup";
    private static final List<String> CHANNELS = List.of("email", "sms");
    private static final String EXAMPLE = """
            {"channel": "sms", "address": "+8613800138000", "detail": "asked for it by telephone"}\
            """;

    /// @param hint the address with its middle left out; the address itself is not kept
    record SuppressionView(String id, String channel, String hint, String reason, String detail, Instant since) {

        static SuppressionView of(Suppressions.Row row) {
            return new SuppressionView(
                    PublicId.format(ID, row.id()), row.channel(), row.hint(), row.reason(), row.detail(), row.since());
        }
    }

    private final Merchant merchant;
    private final Suppressions suppressions;
    private final Clock clock;

    SuppressionResource(Merchant merchant, Suppressions suppressions, Clock clock) {
        this.merchant = merchant;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Addresses that must not be written to, the latest first")
    public Page<SuppressionView> list(
            @QueryParam("channel") String channel,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        if (channel != null && !CHANNELS.contains(channel)) {
            throw Problems.invalid("channel", "unknown \"" + channel + "\"; known are " + String.join(", ", CHANNELS));
        }
        int size = Limit.of(limit);
        List<Suppressions.Row> rows = suppressions.list(merchant.id(), channel, Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, row -> new Object[] {row.id()}).map(SuppressionView::of);
    }

    @POST
    @Transactional
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(
            summary = "Write to an address no more",
            description = "Holds for messages that are planned already. 200 where it is on the list already.")
    public Response add(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "a phone", value = EXAMPLE)))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String channel = fields.required("channel", fields.oneOf("channel", CHANNELS));
        String written = fields.required("address", fields.text("address", 320));
        String detail = fields.text("detail", 300);
        fields.done();
        if (channel != null && written != null) {
            boolean phone = "sms".equals(channel);
            if (phone && !written.strip().matches("\\+[1-9]\\d{6,14}")) {
                fields.fault("address", "must be a phone number in E.164 such as +8613800138000");
            }
            if (!phone && !written.strip().matches("[^\\s@]+@[^\\s@]+")) {
                fields.fault("address", "must be an e-mail address");
            }
        }
        faults.throwIfAny();
        var address = Address.of(ChannelNames.parse(channel), written);
        boolean added = suppressions.add(merchant.id(), address, Suppressions.MANUAL, detail, clock.instant());
        SuppressionView view =
                SuppressionView.of(suppressions.find(merchant.id(), address).orElseThrow());
        return added
                ? Response.created(URI.create("v1/suppressions/" + view.id()))
                        .entity(view)
                        .build()
                : Response.ok(view).build();
    }

    @DELETE
    @Path("/{id}")
    @Transactional
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(
            summary = "Write to an address again",
            description = "Where its customer consents. Lift what they asked for only when they ask for that.")
    public void remove(@PathParam("id") String id) {
        OptionalLong number = PublicId.parse(ID, id);
        if (number.isEmpty() || !suppressions.remove(merchant.id(), number.getAsLong())) {
            throw Problems.notFound("suppression", id);
        }
    }
}
