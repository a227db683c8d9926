package io.regulars.campaign.audience;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Limit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/audiences")
@Tag(name = "audiences")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
class AudienceResource {

    private static final String EXAMPLE = """
            {"condition": {"all": [
              {"field": "tier", "op": "in", "value": ["vip", "super-vip"]},
              {"field": "monetary", "op": "gte", "value": "500.00"},
              {"field": "lastOrderDay", "op": "notWithinDays", "value": 60},
              {"not": {"field": "bought", "op": "has", "value": "WIPES-80", "within": "P90D"}},
              {"field": "consent", "op": "has", "value": "sms"}]}}""";

    record Reachable(long email, long sms, long inbox) {}

    record CountAnswer(long customers, Reachable reachable) {}

    /// A customer of the sample, without what identifies them in person.
    record SampleView(
            String customerId, String externalId, String maskedName, String tier, String group, String stage) {}

    record SampleAnswer(List<SampleView> items) {}

    private final Merchant merchant;
    private final Audiences audiences;

    AudienceResource(Merchant merchant, Audiences audiences) {
        this.merchant = merchant;
        this.audiences = audiences;
    }

    @POST
    @Path("/count")
    @Operation(summary = "Count the customers whom a condition picks, exactly, and those whom each channel may reach")
    public CountAnswer count(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "sleeping VIPs", value = EXAMPLE)))
                    JsonNode body) {
        var count = audiences.count(merchant.id(), condition(body));
        return new CountAnswer(count.customers(), new Reachable(count.email(), count.sms(), count.inbox()));
    }

    @POST
    @Path("/sample")
    @Operation(summary = "Show some of the customers whom a condition picks")
    public SampleAnswer sample(
            @QueryParam("limit") Integer limit,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "sleeping VIPs", value = EXAMPLE)))
                    JsonNode body) {
        return new SampleAnswer(
                audiences.sample(merchant.id(), condition(body), limit == null ? 10 : Limit.of(limit)).stream()
                        .map(AudienceResource::view)
                        .toList());
    }

    private static Condition condition(JsonNode body) {
        var faults = new Faults();
        var fields = Fields.of("", body, faults);
        Condition condition = new ConditionReader(faults).read("condition", fields.raw("condition"));
        fields.done();
        faults.throwIfAny();
        return condition;
    }

    private static SampleView view(Customer customer) {
        return new SampleView(
                Customers.publicId(customer.id()),
                customer.externalId(),
                Names.masked(customer.name()),
                customer.standing().tier(),
                customer.standing().group(),
                customer.standing().stage());
    }
}
