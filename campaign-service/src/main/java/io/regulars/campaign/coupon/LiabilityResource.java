package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.regulars.campaign.audience.Shops;
import io.regulars.kit.csv.Csv;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.money.Money;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// What the shop owes by its coupons.
@Path("/v1/reports/coupons")
@Tag(name = "reports")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.INTEGRATION})
@Transactional
class LiabilityResource {

    /// @param inPool codes that were brought and are not issued yet
    /// @param endingSoon of those outstanding, within seven days
    /// @param discounts what orders were given, where checkouts told it
    /// @param owed what is outstanding comes to; absent where no order tells yet what one is worth
    /// @param estimated whether that is by the mean of those used so far
    record CouponRow(
            String couponId,
            String name,
            String kind,
            long issued,
            long inPool,
            long outstanding,
            long endingSoon,
            long expired,
            long redeemed,
            long voided,
            Money discounts,
            Money owed,
            boolean estimated) {}

    /// A budget of what may be out.
    ///
    /// @param campaignId absent where it is the whole shop's
    /// @param owed what is out and counts, by hand and for points too in the shop's
    /// @param waiting customers whose journey waits for room
    record BudgetRow(String campaignId, Money most, Money owed, long waiting) {}

    record CouponReport(Instant asOf, Money owed, List<CouponRow> coupons, List<BudgetRow> budgets) {}

    private static final int MILLIONTHS = 6;

    private final Merchant merchant;
    private final Shops shops;
    private final Liability liability;
    private final Clock clock;

    LiabilityResource(Merchant merchant, Shops shops, Liability liability, Clock clock) {
        this.merchant = merchant;
        this.shops = shops;
        this.liability = liability;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The shop's first 1,000 coupons: how many codes are out, used, over, and what they owe, and how"
                    + " far the budgets of that reach; the coupons also as text/csv")
    public CouponReport report() {
        String currency = shops.find(merchant.id()).currency();
        Instant now = clock.instant();
        List<Liability.Row> rows = liability.of(merchant.id(), now);
        long owed = rows.stream()
                .filter(row -> row.owed() != null)
                .mapToLong(Liability.Row::owed)
                .sum();
        return new CouponReport(
                now,
                Money.ofMinor(owed, currency),
                rows.stream().map(row -> view(row, currency)).toList(),
                liability.budgets(merchant.id(), now).stream()
                        .map(row -> new BudgetRow(
                                row.campaign() == 0 ? null : PublicId.format("cmp", row.campaign()),
                                new Money(
                                        BigDecimal.valueOf(row.most(), MILLIONTHS)
                                                .setScale(Money.digits(currency), RoundingMode.DOWN),
                                        currency),
                                Money.ofMinor(
                                        row.owed()
                                                .setScale(0, RoundingMode.HALF_UP)
                                                .longValueExact(),
                                        currency),
                                row.waiting()))
                        .toList());
    }

    @GET
    @Produces(Csv.TYPE)
    @Operation(hidden = true)
    public String table() {
        return Csv.of(
                List.of(
                        "couponId",
                        "name",
                        "kind",
                        "issued",
                        "inPool",
                        "outstanding",
                        "endingSoon",
                        "expired",
                        "redeemed",
                        "voided",
                        "discounts",
                        "owed",
                        "estimated",
                        "currency"),
                report().coupons().stream()
                        .map(row -> List.<Object>of(
                                row.couponId(),
                                row.name(),
                                row.kind(),
                                row.issued(),
                                row.inPool(),
                                row.outstanding(),
                                row.endingSoon(),
                                row.expired(),
                                row.redeemed(),
                                row.voided(),
                                row.discounts().amount(),
                                row.owed() == null ? "" : row.owed().amount(),
                                row.estimated(),
                                row.discounts().currency()))
                        .toList());
    }

    private static CouponRow view(Liability.Row row, String currency) {
        return new CouponRow(
                Coupons.publicId(row.couponId()),
                row.name(),
                row.kind(),
                row.issued(),
                row.inPool(),
                row.outstanding(),
                row.ending(),
                row.expired(),
                row.redeemed(),
                row.voided(),
                Money.ofMinor(row.given(), currency),
                row.owed() == null ? null : Money.ofMinor(row.owed(), currency),
                row.owed() != null && !row.exact());
    }
}
