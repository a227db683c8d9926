package io.regulars.customer.order;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

@Path("/v1/returns")
@Tag(name = "returns", description = "What customers gave back without naming an order")
@Idempotent
class ReturnResource {

    private final Drafts drafts;
    private final OrderBook book;
    private final CustomerPath customers;
    private final Merchants merchants;
    private final Merchant merchant;
    private final Batches batches;
    private final Clock clock;

    ReturnResource(
            Drafts drafts,
            OrderBook book,
            CustomerPath customers,
            Merchants merchants,
            Merchant merchant,
            Batches batches,
            Clock clock) {
        this.drafts = drafts;
        this.book = book;
        this.customers = customers;
        this.merchants = merchants;
        this.merchant = merchant;
        this.batches = batches;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "List returns", description = "All, or one customer's.")
    public Page<ReturnView> list(
            @QueryParam("customer") String customer,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        String currency = merchants.settings(merchant.id()).currency();
        Long of = customers.idOrAll(merchant.id(), customer);
        return book.returns(merchant.id(), of, Cursor.decodeLong(cursor), Limit.of(limit))
                .map(giveBack -> ReturnView.of(giveBack, currency));
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(
            summary = "Record a return that names no order",
            description = "It is netted against the customer's earlier orders: the latest that holds the product first;"
                    + " what is left, by amount against the latest.")
    @APIResponse(
            responseCode = "201",
            description = "new",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = ReturnView.class)))
    @APIResponse(responseCode = "200", description = "changed, or the same")
    public Response write(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = ReturnInput.class),
                                            examples = @ExampleObject(name = "one unit", value = OrderExamples.RETURN)))
                    ReturnInput input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        Settings settings = merchants.settings(merchant.id());
        var draft = draft(input, settings, clock.instant());
        return drafts.returns(settings, List.of(draft), false)
                .getFirst()
                .map(written -> ReturnView.of(written, settings.currency()))
                .answer(view -> URI.create("/v1/returns/" + view.id()));
    }

    @POST
    @Path("/batch")
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(summary = "Record up to 1,000 returns", description = "One answer for each.")
    public BatchView writeAll(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = BatchInput.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "one",
                                                            value = "{\"items\": [" + OrderExamples.RETURN + "]}")))
                    BatchInput batch) {
        Settings settings = merchants.settings(merchant.id());
        Instant now = clock.instant();
        return batches.run(
                batch,
                ReturnInput.class,
                input -> draft(input, settings, now),
                good -> drafts.returns(settings, good, Boolean.TRUE.equals(batch.backfill())),
                giveBack -> PublicId.format("ret", giveBack.returnId()),
                OrderReturn::externalId);
    }

    @GET
    @Path("/{return}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Show a return", description = "By ret_… or ext: and the merchant's own id.")
    public ReturnView show(@PathParam("return") String named) {
        return Ref.parse("ret", named)
                .flatMap(ref -> book.giveBack(merchant.id(), ref))
                .map(found ->
                        ReturnView.of(found, merchants.settings(merchant.id()).currency()))
                .orElseThrow(() -> Problems.notFound("return", named));
    }

    private static Drafts.Draft<ReturnContent> draft(ReturnInput input, Settings settings, Instant now) {
        return Drafts.checked(input.customerId(), input.backfill(), checks -> input.checked(checks, settings, now));
    }
}
