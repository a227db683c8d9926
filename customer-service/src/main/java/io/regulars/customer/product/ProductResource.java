package io.regulars.customer.product;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;

import io.regulars.customer.input.BatchInput;
import io.regulars.customer.input.BatchView;
import io.regulars.customer.input.Batches;
import io.regulars.customer.merchant.Merchants;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

@Path("/v1/products")
@Tag(name = "products", description = "What the merchant sells")
@Idempotent
class ProductResource {

    private static final String EXAMPLE = """
            {"code": "WIPES-80", "name": "婴儿湿巾 80抽", "category": "湿巾", "price": "19.90", "lastsDays": 20,
             "relatedCodes": ["CREAM-50"]}""";

    private static final String BATCH = """
            {"items": [{"code": "CREAM-50", "name": "护臀膏 50g", "category": "护肤", "price": "39.00"}]}""";

    private final Products products;
    private final Merchants merchants;
    private final Merchant merchant;
    private final Batches batches;

    ProductResource(Products products, Merchants merchants, Merchant merchant, Batches batches) {
        this.products = products;
        this.merchants = merchants;
        this.merchant = merchant;
        this.batches = batches;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "List products", description = "In the order of their codes.")
    public Page<ProductView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        String currency = merchants.settings(merchant.id()).currency();
        return products.list(merchant.id(), after == null ? "" : after.getFirst(), Limit.of(limit))
                .map(product -> ProductView.of(product, currency));
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(summary = "Create or replace a product", description = "By its code.")
    @APIResponse(
            responseCode = "201",
            description = "new",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = ProductView.class)))
    @APIResponse(responseCode = "200", description = "changed, or the same")
    public Response write(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = ProductInput.class),
                                            examples = @ExampleObject(name = "wipes", value = EXAMPLE)))
                    ProductInput input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var settings = merchants.settings(merchant.id());
        return products.say(settings.merchantId(), List.of(input.checked(settings)))
                .getFirst()
                .map(product -> ProductView.of(product, settings.currency()))
                .answer(view -> UriBuilder.fromPath("/v1/products/{code}").build(view.code()));
    }

    @POST
    @Path("/batch")
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(summary = "Create or replace up to 1,000 products", description = "One answer for each.")
    public BatchView writeAll(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = BatchInput.class),
                                            examples = @ExampleObject(name = "one", value = BATCH)))
                    BatchInput batch) {
        var settings = merchants.settings(merchant.id());
        return batches.run(
                batch,
                ProductInput.class,
                input -> input.checked(settings),
                drafts -> products.say(settings.merchantId(), drafts),
                Product::code,
                Product::code);
    }

    @GET
    @Path("/{code}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Show a product")
    public ProductView show(String code) {
        if (code.indexOf('\0') >= 0) {
            throw Problems.notFound("product", code);
        }
        return products.find(merchant.id(), code)
                .map(product -> ProductView.of(
                        product, merchants.settings(merchant.id()).currency()))
                .orElseThrow(() -> Problems.notFound("product", code));
    }
}
