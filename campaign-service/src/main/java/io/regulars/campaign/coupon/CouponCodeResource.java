package io.regulars.campaign.coupon;

import java.time.Instant;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;

import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Shops;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/coupon-codes/{code}")
@Tag(name = "coupon codes")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT, Roles.INTEGRATION})
@Idempotent
class CouponCodeResource {

    /// @param usable whether it can be redeemed now
    record CodeView(
            String code,
            String state,
            boolean usable,
            String couponId,
            String couponName,
            String description,
            String customerId,
            Instant issuedAt,
            Instant validUntil,
            Instant redeemedAt,
            String orderId) {}

    record RedeemRequest(String orderId) {}

    private final Merchant merchant;
    private final Redeeming redeeming;
    private final Shops shops;

    CouponCodeResource(Merchant merchant, Redeeming redeeming, Shops shops) {
        this.merchant = merchant;
        this.redeeming = redeeming;
        this.shops = shops;
    }

    @GET
    @Operation(summary = "A code as it stands")
    public CodeView get(@PathParam("code") String code) {
        return view(redeeming.find(merchant.id(), code));
    }

    @POST
    @Path("/check")
    @Operation(summary = "Whether a code can be redeemed now, and what it gives")
    public CodeView check(@PathParam("code") String code) {
        return view(redeeming.find(merchant.id(), code));
    }

    @POST
    @Path("/redeem")
    @Operation(summary = "Redeem a code for an order: once; the same order may ask again")
    public CodeView redeem(
            @PathParam("code") String code,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            examples =
                                                    @ExampleObject(
                                                            name = "an order",
                                                            value = "{\"orderId\": \"T2026\"}")))
                    RedeemRequest request) {
        if (request == null
                || request.orderId() == null
                || request.orderId().isBlank()
                || request.orderId().length() > 200) {
            throw Problems.invalid("orderId", "is required: the shop's own id of the order, at most 200 characters");
        }
        return view(redeeming.redeem(merchant.id(), code, request.orderId()));
    }

    @POST
    @Path("/void")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT})
    @Operation(summary = "Make a code that is not redeemed worthless")
    public CodeView revoke(@PathParam("code") String code) {
        return view(redeeming.revoke(merchant.id(), code));
    }

    private CodeView view(Redeeming.Code code) {
        return new CodeView(
                code.code(),
                code.state(),
                "issued".equals(code.state()),
                Coupons.publicId(code.couponId()),
                code.couponName(),
                code.offer().describe(shops.find(merchant.id())),
                Customers.publicId(code.customerId()),
                code.issuedAt(),
                code.validUntil(),
                code.redeemedAt(),
                code.orderId());
    }
}
