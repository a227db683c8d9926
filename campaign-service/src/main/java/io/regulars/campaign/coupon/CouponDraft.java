package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// A coupon as people write it.
record CouponDraft(
        String name,
        Offer offer,
        Instant validUntil,
        Duration validFor,
        Long stock,
        Integer perCustomer,
        CheckoutRules rules) {

    /// @param currency the shop's, in which amounts must be
    static CouponDraft read(JsonNode node, String currency, Faults faults) {
        Fields fields = Fields.of("", node, faults);
        String name = fields.required("name", fields.text("name", 200));
        String kind = fields.required("kind", fields.oneOf("kind", Offer.KINDS));
        BigDecimal percent = fields.decimal("percentOff");
        Long amount = Amounts.read(fields, "amountOff", currency, 1);
        Long minimum = Amounts.read(fields, "minimumSpend", currency, 1);
        String gift = fields.text("gift", 200);
        Instant until = fields.instant("validUntil");
        Duration validFor = fields.duration("validFor");
        Long stock = fields.number("stock", 0, 1_000_000_000);
        Long perCustomer = fields.number("perCustomer", 1, 1_000);
        CheckoutRules rules = CheckoutRules.read(fields);
        fields.done();
        if (percent != null
                && (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0 || percent.scale() > 2)) {
            fields.fault("percentOff", "must be more than 0 and at most 100, with at most 2 decimals");
        }
        if (kind != null) {
            needs(fields, "percentOff", percent, "percent".equals(kind), kind);
            needs(fields, "amountOff", amount, "amount".equals(kind) || "threshold".equals(kind), kind);
            needs(fields, "gift", gift, "gift".equals(kind), kind);
            if ("threshold".equals(kind) && (minimum == null || amount != null && minimum < amount)) {
                fields.fault("minimumSpend", "must be there and no less than amountOff for a threshold coupon (满减)");
            }
        }
        return new CouponDraft(
                name,
                new Offer(kind, percent, amount, minimum, gift),
                until,
                validFor,
                stock,
                perCustomer == null ? null : perCustomer.intValue(),
                rules);
    }

    private static void needs(Fields fields, String field, Object value, boolean needed, String kind) {
        if (needed && value == null && !fields.has(field)) {
            fields.fault(field, "is required for a coupon of kind " + kind);
        }
        if (!needed && value != null) {
            fields.fault(field, "has no meaning for a coupon of kind " + kind);
        }
    }

    void applyTo(Coupon coupon, Instant now) {
        coupon.name = name;
        coupon.kind = offer.kind();
        coupon.percentOff = offer.percentOff();
        coupon.amountOff = offer.amountOff();
        coupon.minimumSpend = offer.minimumSpend();
        coupon.gift = offer.gift();
        coupon.validUntil = validUntil;
        coupon.validFor = validFor == null ? null : validFor.toString();
        coupon.stock = stock;
        coupon.perCustomer = perCustomer;
        coupon.combinable = rules.combinable();
        coupon.marginFloor = rules.marginFloor();
        coupon.pointsPrice = rules.pointsPrice();
        coupon.onRefund = rules.onRefund();
        coupon.updatedAt = now;
    }
}
