package io.regulars.campaign.recommend;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/recommendations")
@Tag(name = "recommendations", description = "Products that templates offer each customer")
class RecommendationResource {

    private static final String EXAMPLE = """
            {"productPage": "https://shop.example/item?id={code}"}""";

    record SettingsView(String productPage) {}

    /// @param lists products by the variable that names them
    record CustomerView(String customerId, Map<String, List<Map<String, String>>> lists) {}

    private final Merchant merchant;
    private final Clock clock;
    private final Customers customers;
    private final Recommendations recommendations;
    private final ProductPages pages;

    RecommendationResource(
            Merchant merchant, Clock clock, Customers customers, Recommendations recommendations, ProductPages pages) {
        this.merchant = merchant;
        this.clock = clock;
        this.customers = customers;
        this.recommendations = recommendations;
        this.pages = pages;
    }

    @GET
    @Path("/settings")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST})
    @Operation(summary = "Where the shop shows its products")
    public SettingsView settings() {
        return new SettingsView(pages.of(Set.of(merchant.id())).get(merchant.id()));
    }

    @PUT
    @Path("/settings")
    @Transactional
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(summary = "Say where the shop shows its products, for {p.link} in templates")
    public SettingsView set(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "a shop", value = EXAMPLE)))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String pattern = fields.required("productPage", fields.text("productPage", 1_000));
        fields.done();
        if (pattern != null && !pattern.matches("https?://[^/{}\\s\"'<>]+/[^{}\\s\"'<>]*\\{code}[^{}\\s\"'<>]*")) {
            fields.fault("productPage", "must be an address with {code} behind its host, once");
        }
        faults.throwIfAny();
        pages.set(merchant.id(), pattern, clock.instant(), merchant.actor());
        return new SettingsView(pattern);
    }

    @GET
    @Path("/{c}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "What templates would offer a customer now")
    public CustomerView of(@PathParam("c") String customer) {
        long id = customers.resolve(merchant.id(), customer);
        var key = new CustomerKey(merchant.id(), id);
        return new CustomerView(
                Customers.publicId(id), recommendations.load(Set.of(key)).getOrDefault(key, Map.of()));
    }
}
