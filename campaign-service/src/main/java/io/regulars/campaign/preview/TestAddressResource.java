package io.regulars.campaign.preview;

import java.net.URI;
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

@Path("/v1/test-addresses")
@Tag(name = "test-sends", description = "Messages for a try, to addresses that a code has verified")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class TestAddressResource {

    private static final String ADDRESS = """
            {"channel": "email", "address": "me@shop.example"}""";
    private static final String CODE = """
            {"code": "123456"}""";

    /// @param verifiedAt null until its code was told; nothing but that code is sent there before
    record AddressView(String id, String channel, String address, Instant createdAt, Instant verifiedAt) {

        static AddressView of(TestAddresses.Row row) {
            return new AddressView(
                    PublicId.format(TestAddresses.ID, row.id()),
                    row.channel(),
                    row.address(),
                    row.createdAt(),
                    row.verifiedAt());
        }
    }

    private final Merchant merchant;
    private final TestAddresses addresses;

    TestAddressResource(Merchant merchant, TestAddresses addresses) {
        this.merchant = merchant;
        this.addresses = addresses;
    }

    @POST
    @Transactional
    @Operation(
            summary = "Ask to send messages for a try to an address: a code is sent there",
            description = "200 where it is verified already. At most ten codes a day, one a minute to an address.")
    public Response addAddress(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "an e-mail address", value = ADDRESS)))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String channel = fields.required("channel", fields.oneOf("channel", List.of("email", "sms")));
        String address = fields.required("address", fields.text("address", 320));
        fields.done();
        if ("sms".equals(channel) && address != null && !address.matches("\\+[1-9]\\d{6,14}")) {
            fields.fault("address", "must be a phone number in E.164 such as +8613800138000");
        }
        if ("email".equals(channel) && address != null && !address.matches("[^\\s@,<>]+@[^\\s@,<>]+")) {
            fields.fault("address", "must be an e-mail address");
        }
        faults.throwIfAny();
        AddressView view = AddressView.of(addresses.add(merchant.id(), channel, address, merchant.actor()));
        return view.verifiedAt() == null
                ? Response.created(URI.create("v1/test-addresses/" + view.id()))
                        .entity(view)
                        .build()
                : Response.ok(view).build();
    }

    @GET
    @Operation(summary = "Where messages for a try may go")
    public Page<AddressView> listAddresses(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<TestAddresses.Row> rows = addresses.list(merchant.id(), Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, row -> new Object[] {row.id()}).map(AddressView::of);
    }

    @POST
    @Path("/{a}/verify")
    @Transactional
    @Operation(summary = "Show by its code that an address is one's own; five wrong ones use a code up")
    public AddressView verify(
            @PathParam("a") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "a code", value = CODE)))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String code = fields.required("code", fields.text("code", 20));
        fields.done();
        faults.throwIfAny();
        return AddressView.of(addresses.verify(merchant.id(), address(id).id(), code.strip()));
    }

    @DELETE
    @Path("/{a}")
    @Transactional
    @Operation(summary = "Send no more messages for a try to an address")
    public void removeAddress(@PathParam("a") String id) {
        addresses.remove(merchant.id(), address(id).id());
    }

    private TestAddresses.Row address(String id) {
        OptionalLong number = PublicId.parse(TestAddresses.ID, id);
        return (number.isEmpty()
                        ? List.<TestAddresses.Row>of()
                        : addresses.find(merchant.id(), List.of(number.getAsLong())))
                .stream().findFirst().orElseThrow(() -> Problems.notFound("test address", id));
    }
}
