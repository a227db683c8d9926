package io.regulars.campaign.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.library.StoredTemplates;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.id.PublicId;
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

@Path("/v1/templates/{t}/test-sends")
@Tag(name = "test-sends", description = "Messages for a try, to addresses that a code has verified")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class TestSendResource {

    private static final int MOST_ADDRESSES = 5;
    private static final String SEND = """
            {"to": ["tad_1"], "customer": "ext:u1", "values": {"coupon.code": "ABCD"}}""";

    record TestSendList(List<TestSendView> items) {}

    private final Merchant merchant;
    private final StoredTemplates templates;
    private final TestAddresses addresses;
    private final Tries tries;

    TestSendResource(Merchant merchant, StoredTemplates templates, TestAddresses addresses, Tries tries) {
        this.merchant = merchant;
        this.templates = templates;
        this.addresses = addresses;
        this.tries = tries;
    }

    @POST
    @Transactional
    @Operation(
            summary = "Send a template to verified addresses for a try, over the real wire",
            description = "Marked [Test]; in no report, cap or budget; links are not tracked, and the one to"
                    + " unsubscribe leads nowhere. To at most five addresses at once, thirty messages an hour. Without"
                    + " a customer it is filled for an example.")
    public Response send(
            @PathParam("t") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "to one address", value = SEND)))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        List<String> to = fields.required("to", fields.texts("to", 40)).stream()
                .distinct()
                .toList();
        String customer = fields.text("customer", 200);
        Long version = fields.number("version", 1, Integer.MAX_VALUE);
        String language = fields.text("language", 35);
        Map<String, String> values = Wanted.values(fields);
        fields.done();
        if (to.isEmpty() || to.size() > MOST_ADDRESSES) {
            fields.fault("to", "must name 1 to " + MOST_ADDRESSES + " verified addresses");
        }
        faults.throwIfAny();
        var stored = templates.get(merchant.id(), id, version == null ? null : version.intValue());
        List<TestAddresses.Row> rows = verified(to, stored.channel());
        List<TestSendView> sent =
                tries.send(merchant.id(), stored, rows, customer, values, language, merchant.actor()).stream()
                        .map(TestSendView::of)
                        .toList();
        return Response.accepted(new TestSendList(sent)).build();
    }

    private List<TestAddresses.Row> verified(List<String> to, String channel) {
        var faults = new Faults();
        List<TestAddresses.Row> rows = new ArrayList<>();
        for (int i = 0; i < to.size(); i++) {
            OptionalLong number = PublicId.parse(TestAddresses.ID, to.get(i));
            TestAddresses.Row row = number.isEmpty()
                    ? null
                    : addresses.find(merchant.id(), List.of(number.getAsLong())).stream()
                            .findFirst()
                            .orElse(null);
            if (row == null) {
                faults.add("to[" + i + "]", "no test address " + to.get(i));
            } else if (row.verifiedAt() == null) {
                faults.add("to[" + i + "]", "is not verified yet: its code has not been told");
            } else if (!row.channel().equals(channel)) {
                faults.add("to[" + i + "]", "is an address for " + row.channel() + ", and the template for " + channel);
            }
            rows.add(row);
        }
        faults.throwIfAny();
        return rows;
    }
}
