/// Coupons: what they give, unguessable codes issued within their stock, each redeemed once.
package io.regulars.campaign.coupon;
