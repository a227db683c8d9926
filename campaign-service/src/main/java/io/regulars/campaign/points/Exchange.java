package io.regulars.campaign.points;

import java.time.Clock;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.campaign.coupon.Coupon;
import io.regulars.campaign.coupon.Coupons;
import io.regulars.campaign.coupon.Issuing;
import io.regulars.kit.problem.Problems;

/// Points for coupons.
@ApplicationScoped
class Exchange {

    /// @param points that it took
    record Exchanged(Issuing.Issued code, long points) {}

    private final Issuing issuing;
    private final Ledger ledger;
    private final Clock clock;

    Exchange(Issuing issuing, Ledger ledger, Clock clock) {
        this.issuing = issuing;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// The coupon is locked before the balance, as by a journey that gives both.
    @Transactional
    Exchanged exchange(int merchant, long customer, String couponId) {
        Coupon coupon = Coupons.parse(couponId)
                .flatMap(id -> Coupon.of(merchant, id))
                .orElseThrow(() -> Problems.notFound("coupon", couponId));
        if (coupon.pointsPrice == null) {
            throw Problems.conflict("the coupon cannot be had for points");
        }
        var ask = new Issuing.Ask(merchant, customer, coupon.id, null, null);
        Issuing.Issued issued = switch (issuing.issue(List.of(ask)).get(ask)) {
            case Issuing.Issued code -> code;
            case Issuing.Refused refused -> throw Problems.conflict(refused.reason());
        };
        long balance = ledger.lock(merchant, customer);
        if (balance < coupon.pointsPrice) {
            throw Problems.conflict("the customer has %d points and the coupon takes %d"
                    .formatted(Math.max(0, balance), coupon.pointsPrice));
        }
        ledger.post(List.of(new Posting(
                merchant,
                customer,
                Posting.Kind.SPENT,
                "coupon:" + issued.key(),
                coupon.name,
                coupon.pointsPrice,
                clock.instant(),
                null)));
        return new Exchanged(issued, coupon.pointsPrice);
    }
}
