package io.regulars.campaign.coupon;

import java.time.Instant;
import java.util.UUID;

import io.regulars.campaign.webhook.EventType;
import io.regulars.campaign.webhook.News;
import io.regulars.kit.id.PublicId;

/// What endpoints are told of coupon codes. The use of a shared code is told when it is redeemed.
final class CouponNews {

    private CouponNews() {}

    /// @param shown as people read it
    static News issued(Issuing.Ask ask, String shown, Instant validUntil, Instant now) {
        return News.of(
                EventType.COUPON_ISSUED,
                ask.merchantId(),
                ask.customerId(),
                // a code is issued by one transaction, and once
                "code_issued_" + UUID.randomUUID().toString().replace("-", ""),
                now,
                "couponId",
                Coupons.publicId(ask.couponId()),
                "code",
                shown,
                "validUntil",
                validUntil == null ? null : validUntil.toString(),
                "campaignId",
                campaign(ask.campaignId()));
    }

    /// A code that was given back can be redeemed again.
    static News redeemed(Redeeming.Redeemed code, Instant now) {
        return News.of(
                EventType.COUPON_REDEEMED,
                code.merchantId(),
                code.customerId(),
                "code_" + code.id() + "_redeemed_" + now.toEpochMilli(),
                now,
                "couponId",
                Coupons.publicId(code.couponId()),
                "code",
                code.shown(),
                "orderId",
                code.orderId(),
                "campaignId",
                campaign(code.campaignId()));
    }

    private static String campaign(Long campaign) {
        return campaign == null ? null : PublicId.format("cmp", campaign);
    }
}
