package io.regulars.campaign.coupon;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/coupon-codes/{code}")
@Tag(name = "coupon codes")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT, Roles.INTEGRATION})
@Idempotent
class CouponCodeResource {

    private static final String CART = """
            {"customerId": "ext:12346", "cart": {"amount": {"amount": "320.00"}, "cost": {"amount": "180.00"}},
             "with": ["K3M8Q2ZC7N1P"]}""";

    private static final String ORDER = """
            {"orderId": "T2026", "customerId": "ext:12346", "cart": {"amount": {"amount": "320.00"}}}""";

    private static final String HOLD = """
            {"orderId": "T2026", "cart": {"amount": {"amount": "320.00"}}, "holdFor": "PT20M"}""";

    /// @param usable whether it can be redeemed now
    /// @param discount what the cart or the order is given, absent where that is no sum or the cart was not
    ///     told
    /// @param objections why it cannot be used; absent where nothing speaks against it
    /// @param customerId absent of a code that everybody may use
    record CodeView(
            String code,
            String state,
            boolean usable,
            Money discount,
            List<String> objections,
            String couponId,
            String couponName,
            String description,
            String customerId,
            Instant issuedAt,
            Instant validUntil,
            Instant reservedUntil,
            Instant redeemedAt,
            String orderId) {}

    private final Merchant merchant;
    private final Checkout checkout;
    private final Redeeming redeeming;
    private final Guesses guesses;
    private final Shops shops;

    CouponCodeResource(Merchant merchant, Checkout checkout, Redeeming redeeming, Guesses guesses, Shops shops) {
        this.merchant = merchant;
        this.checkout = checkout;
        this.redeeming = redeeming;
        this.guesses = guesses;
        this.shops = shops;
    }

    @GET
    @Operation(summary = "A code as it stands")
    public CodeView get(@PathParam("code") String code, @QueryParam("customer") String customer) {
        return guarded(customer, () -> checkout.check(merchant.id(), code, Use.NOTHING_TOLD));
    }

    @POST
    @Path("/check")
    @Operation(
            summary = "Whether a code can be redeemed now, and what it gives",
            description =
                    "Without a body as the code stands; with a cart also what it takes off it, whether the cart is"
                            + " large enough and leaves the coupon's margin, and whether it may be combined with the others."
                            + " Name the customer: one who guesses codes is stopped after ten that there are not, and"
                            + " nobody else; after 300 within ten minutes the client is, whomever it names.")
    public CodeView check(
            @PathParam("code") String code,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "a cart", value = CART)))
                    JsonNode body) {
        Use use = read(body, false);
        return guarded(use.customer(), () -> checkout.check(merchant.id(), code, use));
    }

    @POST
    @Path("/reserve")
    @Operation(
            summary = "Hold a code for an order while it is paid; the same order may ask again",
            description = "For 15 minutes, or `holdFor`, at most a day. Then it is free again by itself.")
    public CodeView reserve(
            @PathParam("code") String code,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "for 20 minutes", value = HOLD)))
                    JsonNode body) {
        Use use = read(body, true);
        return guarded(use.customer(), () -> checkout.reserve(merchant.id(), code, use));
    }

    @POST
    @Path("/redeem")
    @Operation(
            summary = "Redeem a code for an order: once; the same order may ask again",
            description = "A code that is shared needs the customer, and counts one of its stock.")
    public CodeView redeem(
            @PathParam("code") String code,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples = @ExampleObject(name = "an order", value = ORDER)))
                    JsonNode body) {
        Use use = read(body, true);
        return guarded(use.customer(), () -> checkout.redeem(merchant.id(), code, use));
    }

    @POST
    @Path("/release")
    @Operation(summary = "The order is not paid after all: its code is free again")
    public CodeView release(
            @PathParam("code") String code,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples =
                                                    @ExampleObject(
                                                            name = "an order",
                                                            value = "{\"orderId\": \"T2026\"}")))
                    JsonNode body) {
        Use use = read(body, true);
        return guarded(use.customer(), () -> checkout.release(merchant.id(), code, use));
    }

    @POST
    @Path("/void")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT})
    @Operation(summary = "Make a code that is not redeemed worthless")
    public CodeView revoke(@PathParam("code") String code) {
        return guarded(null, () -> new Checkout.Appraised(redeeming.revoke(merchant.id(), code), null, List.of()));
    }

    private Use read(JsonNode body, boolean orderNeeded) {
        return Use.read(body, shops.find(merchant.id()).currency(), orderNeeded);
    }

    private CodeView guarded(String customer, Supplier<Checkout.Appraised> ask) {
        guesses.refuseTooMany(merchant.id(), merchant.actor(), customer);
        try {
            return view(ask.get());
        } catch (HttpProblem e) {
            if (e.getStatusCode() == 404) {
                guesses.missed(merchant.id(), merchant.actor(), customer);
            }
            throw e;
        }
    }

    private CodeView view(Checkout.Appraised appraised) {
        Redeeming.Code code = appraised.code();
        Shop shop = shops.find(merchant.id());
        Long discount = appraised.discount() == null ? code.discount() : appraised.discount();
        return new CodeView(
                code.shown(),
                code.state(),
                "issued".equals(code.state()) && appraised.objections().isEmpty(),
                discount == null ? null : Money.ofMinor(discount, shop.currency()),
                appraised.objections().isEmpty() ? null : appraised.objections(),
                Coupons.publicId(code.couponId()),
                code.couponName(),
                code.offer().describe(shop),
                code.customerId() == 0 ? null : Customers.publicId(code.customerId()),
                code.issuedAt(),
                code.validUntil(),
                code.reservedUntil(),
                code.redeemedAt(),
                code.orderId());
    }
}
