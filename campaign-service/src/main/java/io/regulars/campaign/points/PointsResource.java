package io.regulars.campaign.points;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.campaign.reading.IfMatch;
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

@Path("/v1/points")
@Tag(name = "points")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT, Roles.INTEGRATION})
@Idempotent
class PointsResource {

    private static final long MOST = 1_000_000_000;

    private static final String RULES = """
            {"perUnit": "1", "multipliers": {"vip": "1.5", "super-vip": "2"}, "expireAfter": "P365D"}""";

    private static final String SPEND = """
            {"kind": "spend", "points": 500, "reference": "order T2026", "reason": "抵扣5元"}""";

    private static final String GRANT = """
            {"kind": "grant", "points": 100, "reference": "wake-up 2026-03", "expiresAt": "2026-06-30T23:59:59+08:00"}""";

    record ExpiringView(Instant at, long points) {}

    /// @param balance less than 0 where an order was given back whose points were spent
    /// @param expiring the next five instants at which points go
    record PointsView(String customerId, long balance, List<ExpiringView> expiring) {}

    /// @param points more than 0 where they came
    record EntryView(String kind, long points, String reference, String reason, Instant at) {

        static EntryView of(Points.Entry entry) {
            return new EntryView(entry.kind(), entry.points(), entry.reference(), entry.reason(), entry.at());
        }
    }

    record ExchangeView(String code, String description, Instant validUntil, long points) {}

    private final Merchant merchant;
    private final Customers customers;
    private final Points points;
    private final RuleBook rules;
    private final Exchange exchange;

    PointsResource(Merchant merchant, Customers customers, Points points, RuleBook rules, Exchange exchange) {
        this.merchant = merchant;
        this.customers = customers;
        this.points = points;
        this.rules = rules;
        this.exchange = exchange;
    }

    @GET
    @Path("/rules")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "How orders earn points; 404 while the shop gives none")
    public Response rules() {
        return answer(rules.of(merchant.id()).orElseThrow(() -> Problems.notFound("rules", "of points")));
    }

    @PUT
    @Path("/rules")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER})
    @Operation(
            summary = "Set how orders earn points; orders that are placed from the first time on do",
            description =
                    "What a customer keeps of an order earns `perUnit` points for each unit of the currency, times"
                            + " the multiplier of the tier that they held when the order was first told. Corrections and"
                            + " refunds post the difference.")
    public Response set(
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "usual", value = RULES)))
                    JsonNode body) {
        var faults = new Faults();
        PointRules read = PointRules.read(body, faults);
        Integer revision = IfMatch.revision(ifMatch);
        faults.throwIfAny();
        return answer(rules.save(merchant.id(), merchant.actor(), read, revision));
    }

    @GET
    @Path("/{c}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "A customer's points")
    public PointsView get(@PathParam("c") String id) {
        long customer = customers.resolve(merchant.id(), id);
        Points.Balance balance = points.of(merchant.id(), customer);
        return new PointsView(
                Customers.publicId(customer),
                balance.points(),
                balance.expiring().stream()
                        .map(one -> new ExpiringView(one.at(), one.points()))
                        .toList());
    }

    @GET
    @Path("/{c}/entries")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "What a customer's points came from and went for, the latest first")
    public Page<EntryView> entries(
            @PathParam("c") String id, @QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        long before = cursor == null ? Long.MAX_VALUE : Cursor.decodeLong(cursor);
        List<Points.Entry> rows = points.entries(merchant.id(), customers.resolve(merchant.id(), id), before, size + 1);
        return Page.of(rows, size, entry -> new Object[] {entry.id()}).map(EntryView::of);
    }

    @POST
    @Path("/{c}/entries")
    @Operation(
            summary = "Give a customer points, spend some, or give back what was spent",
            description = "Once for a `reference`: the same again answers what was posted. `spend` takes no more than"
                    + " there is, those first that expire first; `give-back` takes the reference of a spend, and no"
                    + " `points`.")
    public EntryView post(
            @PathParam("c") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = {
                                                @ExampleObject(name = "spend", value = SPEND),
                                                @ExampleObject(name = "grant", value = GRANT)
                                            }))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String kind = fields.required("kind", fields.oneOf("kind", Posting.Kind.keys()));
        Long amount = fields.number("points", 1, MOST);
        String reference = fields.required("reference", fields.text("reference", 200));
        String reason = fields.text("reason", 300);
        Instant expiresAt = fields.instant("expiresAt");
        fields.done();
        boolean back = "give-back".equals(kind);
        if (!back && !fields.has("points")) {
            fields.fault("points", "is required");
        }
        if (back && amount != null) {
            fields.fault("points", "has no meaning here: all that was spent comes back");
        }
        if (expiresAt != null && !"grant".equals(kind)) {
            fields.fault("expiresAt", "has a meaning for a grant alone");
        }
        faults.throwIfAny();
        int shop = merchant.id();
        long customer = customers.resolve(shop, id);
        return EntryView.of(
                switch (kind) {
                    case "grant" -> points.grant(shop, customer, reference, amount, reason, expiresAt);
                    case "spend" -> points.spend(shop, customer, reference, amount, reason);
                    default -> points.giveBack(shop, customer, reference, reason);
                });
    }

    @POST
    @Path("/{c}/coupons")
    @Operation(
            summary = "A code of a coupon for points",
            description = "Takes the coupon's `pointsPrice`, or issues none.")
    public Response exchange(
            @PathParam("c") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples =
                                                    @ExampleObject(
                                                            name = "a coupon",
                                                            value = "{\"couponId\": \"cpn_1\"}")))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String coupon = fields.required("couponId", fields.text("couponId", 30));
        fields.done();
        faults.throwIfAny();
        Exchange.Exchanged got = exchange.exchange(merchant.id(), customers.resolve(merchant.id(), id), coupon);
        return Response.status(201)
                .entity(new ExchangeView(
                        got.code().code(), got.code().description(), got.code().validUntil(), got.points()))
                .build();
    }

    private static Response answer(RuleBook.Kept kept) {
        return Response.ok(kept.rules().write().put("since", kept.since().toString()))
                .tag(String.valueOf(kept.revision()))
                .build();
    }
}
