package io.regulars.campaign.audience;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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

    private static final String HISTORY = """
            {"condition": {"all": [
              {"field": "messagesSent", "op": "hasNot", "channel": "email", "within": "P7D"},
              {"field": "messagesOpened", "op": "gte", "value": 2, "within": "P30D"},
              {"field": "boughtOrders", "op": "gte", "value": 2, "category": ["湿巾"], "within": "P180D"},
              {"any": [
                {"field": "couponsExpiring", "op": "has", "within": "P7D"},
                {"field": "birthday", "op": "nextDays", "value": 14},
                {"field": "segment", "op": "has", "value": "seg_1"}]}]}}""";

    private static final byte[] SCHEMA = read("/audience/condition.schema.json");

    private static final String ABOUT = "The language of conditions is described by GET /v1/audiences/schema.";

    record Reachable(long email, long sms, long inbox) {}

    record CountAnswer(long customers, Reachable reachable) {}

    /// A customer of the sample, without what identifies them in person.
    record SampleView(
            String customerId, String externalId, String maskedName, String tier, String group, String stage) {}

    record SampleAnswer(List<SampleView> items) {}

    private final Merchant merchant;
    private final Audiences audiences;
    private final Segments segments;

    AudienceResource(Merchant merchant, Audiences audiences, Segments segments) {
        this.merchant = merchant;
        this.audiences = audiences;
        this.segments = segments;
    }

    @POST
    @Path("/count")
    @Operation(
            summary = "Count the customers whom a condition picks, exactly, and those whom each channel may reach",
            description = ABOUT)
    public CountAnswer count(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "sleeping VIPs", value = EXAMPLE),
                                                @ExampleObject(name = "by past messages", value = HISTORY)
                                            }))
                    JsonNode body) {
        var count = audiences.count(merchant.id(), condition(body));
        return new CountAnswer(count.customers(), new Reachable(count.email(), count.sms(), count.inbox()));
    }

    @POST
    @Path("/sample")
    @Operation(summary = "Show some of the customers whom a condition picks", description = ABOUT)
    public SampleAnswer sample(
            @QueryParam("limit") Integer limit,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "sleeping VIPs", value = EXAMPLE),
                                                @ExampleObject(name = "by past messages", value = HISTORY)
                                            }))
                    JsonNode body) {
        return new SampleAnswer(
                audiences.sample(merchant.id(), condition(body), limit == null ? 10 : Limit.of(limit)).stream()
                        .map(AudienceResource::view)
                        .toList());
    }

    @POST
    @Path("/words")
    @Operation(summary = "Say a condition in plain words, Chinese and English", description = ABOUT)
    public Words words(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "by past messages", value = HISTORY)))
                    JsonNode body) {
        Condition condition = condition(body);
        return ConditionWords.of(condition, segments.names(merchant.id(), condition));
    }

    @GET
    @Path("/schema")
    @Produces({"application/schema+json", MediaType.APPLICATION_JSON})
    @Operation(
            summary = "The language of conditions as a JSON Schema (2020-12)",
            description = "Each field is a definition of its own; `titles` holds its name in Chinese and English.")
    public byte[] schema() {
        return SCHEMA;
    }

    private static byte[] read(String resource) {
        try (InputStream in = AudienceResource.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private Condition condition(JsonNode body) {
        Faults faults = Faults.byPointer();
        Fields fields = Fields.of("", body, faults);
        JsonNode written = fields.raw("condition");
        Condition condition = new ConditionReader(faults).read(fields.at("condition"), written);
        fields.done();
        if (written != null) {
            segments.check(merchant.id(), fields.at("condition"), written, faults);
        }
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
