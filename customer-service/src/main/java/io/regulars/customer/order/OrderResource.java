package io.regulars.customer.order;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.regulars.customer.input.BatchInput;
import io.regulars.customer.input.BatchView;
import io.regulars.customer.input.Batches;
import io.regulars.customer.merchant.Merchants;
import io.regulars.customer.merchant.Settings;
import io.regulars.customer.profile.CustomerPath;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.id.Ref;
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

@Path("/v1/orders")
@Tag(name = "orders", description = "What customers bought, and what they kept of it")
@Idempotent
class OrderResource {

    private final Drafts drafts;
    private final SingleOrders singles;
    private final OrderBook book;
    private final CustomerPath customers;
    private final Merchants merchants;
    private final Merchant merchant;
    private final Batches batches;
    private final Clock clock;

    OrderResource(
            Drafts drafts,
            SingleOrders singles,
            OrderBook book,
            CustomerPath customers,
            Merchants merchants,
            Merchant merchant,
            Batches batches,
            Clock clock) {
        this.drafts = drafts;
        this.singles = singles;
        this.book = book;
        this.customers = customers;
        this.merchants = merchants;
        this.merchant = merchant;
        this.batches = batches;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "List orders", description = "All, or one customer's.")
    public Page<OrderView> list(
            @QueryParam("customer") String customer,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        String currency = merchants.settings(merchant.id()).currency();
        Long of = customers.idOrAll(merchant.id(), customer);
        return book.orders(merchant.id(), of, Cursor.decodeLong(cursor), Limit.of(limit))
                .map(order -> OrderView.of(order, currency));
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(
            summary = "Create or change an order",
            description = "By the merchant's own id; all of the order each time. A second delivery changes nothing."
                    + " The later updatedAt stands; without one, the status further on in the life cycle.")
    @APIResponse(
            responseCode = "201",
            description = "new",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = OrderView.class)))
    @APIResponse(responseCode = "200", description = "changed, or as it stood")
    public Response write(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = OrderInput.class),
                                            examples = {
                                                @ExampleObject(name = "an order", value = OrderExamples.ORDER),
                                                @ExampleObject(
                                                        name = "one unit came back",
                                                        value = OrderExamples.REFUND)
                                            }))
                    OrderInput input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        return singles.write(merchant.id(), input).answer(view -> URI.create("/v1/orders/" + view.id()));
    }

    @POST
    @Path("/batch")
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(summary = "Create or change up to 1,000 orders", description = "One answer for each.")
    public BatchView writeAll(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = BatchInput.class),
                                            examples = @ExampleObject(name = "history", value = OrderExamples.BATCH)))
                    BatchInput batch) {
        Settings settings = merchants.settings(merchant.id());
        Instant now = clock.instant();
        return batches.run(
                batch,
                OrderInput.class,
                input -> Drafts.order(input, settings, now),
                good -> drafts.orders(settings, good, Boolean.TRUE.equals(batch.backfill())),
                order -> PublicId.format("ord", order.orderId()),
                CustomerOrder::externalId);
    }

    @GET
    @Path("/{order}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Show an order", description = "By ord_… or ext: and the merchant's own id.")
    public OrderView show(String order) {
        return Ref.parse("ord", order)
                .flatMap(ref -> book.order(merchant.id(), ref))
                .map(found ->
                        OrderView.of(found, merchants.settings(merchant.id()).currency()))
                .orElseThrow(() -> Problems.notFound("order", order));
    }
}
