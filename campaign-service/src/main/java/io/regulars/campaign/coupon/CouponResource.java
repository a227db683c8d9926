package io.regulars.campaign.coupon;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
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
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.reading.IfMatch;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/coupons")
@Tag(name = "coupons")
@RolesAllowed({Roles.OWNER, Roles.MARKETER})
@Idempotent
class CouponResource {

    private static final String EXAMPLE = """
            {"name": "VIP 8.8折", "kind": "percent", "percentOff": 12, "validFor": "P30D", "stock": 1000, "perCustomer": 1,
             "combinable": false, "marginFloorPercent": 20, "onRefund": "return"}""";

    record CouponView(
            String id,
            int revision,
            String name,
            String kind,
            String description,
            java.math.BigDecimal percentOff,
            Money amountOff,
            Money minimumSpend,
            String gift,
            Instant validUntil,
            String validFor,
            Long stock,
            Integer perCustomer,
            String codes,
            String sharedCode,
            boolean combinable,
            java.math.BigDecimal marginFloorPercent,
            Long pointsPrice,
            String onRefund,
            long issued,
            Instant createdAt) {

        static CouponView of(Coupon coupon, Shop shop) {
            return new CouponView(
                    Coupons.publicId(coupon.id),
                    coupon.revision,
                    coupon.name,
                    coupon.kind,
                    coupon.offer().describe(shop),
                    coupon.percentOff,
                    coupon.amountOff == null ? null : Money.ofMinor(coupon.amountOff, shop.currency()),
                    coupon.minimumSpend == null ? null : Money.ofMinor(coupon.minimumSpend, shop.currency()),
                    coupon.gift,
                    coupon.validUntil,
                    coupon.validFor,
                    coupon.stock,
                    coupon.perCustomer,
                    coupon.codes,
                    coupon.sharedCode,
                    coupon.combinable,
                    coupon.marginFloor,
                    coupon.pointsPrice,
                    coupon.onRefund,
                    coupon.issued,
                    coupon.createdAt);
        }
    }

    record IssueRequest(String customerId) {}

    record IssuedView(String code, String description, Instant validUntil) {}

    private final Merchant merchant;
    private final Coupons coupons;
    private final Issuing issuing;
    private final Customers customers;
    private final Shops shops;
    private final Pool pool;

    CouponResource(Merchant merchant, Coupons coupons, Issuing issuing, Customers customers, Shops shops, Pool pool) {
        this.merchant = merchant;
        this.coupons = coupons;
        this.issuing = issuing;
        this.customers = customers;
        this.shops = shops;
        this.pool = pool;
    }

    @POST
    @Operation(summary = "Define a coupon")
    public Response create(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            examples = @ExampleObject(name = "12 % off", value = EXAMPLE)))
                    JsonNode body) {
        Coupon coupon = coupons.create(merchant.id(), body);
        return Response.created(URI.create("v1/coupons/" + Coupons.publicId(coupon.id)))
                .entity(view(coupon))
                .tag(String.valueOf(coupon.revision))
                .build();
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "The shop's coupons")
    public Page<CouponView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        List<Coupon> rows = coupons.after(merchant.id(), Cursor.decodeLong(cursor), size + 1);
        return Page.of(rows, size, coupon -> new Object[] {coupon.id}).map(this::view);
    }

    @GET
    @Path("/{c}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "A coupon")
    public Response get(@PathParam("c") String id) {
        Coupon coupon = coupons.find(merchant.id(), id);
        return Response.ok(view(coupon)).tag(String.valueOf(coupon.revision)).build();
    }

    @PUT
    @Path("/{c}")
    @Operation(summary = "Change a coupon; codes that are issued keep what they have")
    public Response change(
            @PathParam("c") String id,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            examples = @ExampleObject(name = "12 % off", value = EXAMPLE)))
                    JsonNode body) {
        Coupon coupon = coupons.change(merchant.id(), id, body, IfMatch.revision(ifMatch));
        return Response.ok(view(coupon)).tag(String.valueOf(coupon.revision)).build();
    }

    @POST
    @Path("/{c}/codes")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT, Roles.INTEGRATION})
    @Transactional
    @Operation(summary = "Issue a code of the coupon to a customer")
    public Response issue(
            @PathParam("c") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            examples =
                                                    @ExampleObject(
                                                            name = "by the shop's id",
                                                            value = "{\"customerId\": \"ext:12346\"}")))
                    IssueRequest request) {
        if (request == null || request.customerId() == null) {
            throw Problems.invalid("customerId", "is required");
        }
        Coupon coupon = coupons.find(merchant.id(), id);
        var ask = new Issuing.Ask(
                merchant.id(), customers.resolve(merchant.id(), request.customerId()), coupon.id, null, null);
        return switch (issuing.issue(List.of(ask)).get(ask)) {
            case Issuing.Issued issued ->
                Response.status(201)
                        .entity(new IssuedView(issued.code(), issued.description(), issued.validUntil()))
                        .build();
            case Issuing.Refused refused -> throw Problems.conflict(refused.reason());
        };
    }

    @POST
    @Path("/{c}/pool")
    @Consumes({MediaType.TEXT_PLAIN, "text/csv"})
    @Operation(
            summary = "Bring codes of your own, one a line, for a coupon whose codes are of a pool",
            description = "UTF-8, at most 100,000 lines. Codes that are there already are counted and left as they are;"
                    + " where a line is wrong none is added.")
    public Pool.Added bring(
            @PathParam("c") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_PLAIN,
                                            examples =
                                                    @ExampleObject(
                                                            name = "two codes",
                                                            value = "SPRING-2026-A1\nSPRING-2026-A2\n")))
                    byte[] codes) {
        return pool.add(coupons.find(merchant.id(), id), codes);
    }

    private CouponView view(Coupon coupon) {
        return CouponView.of(coupon, shops.find(merchant.id()));
    }
}
