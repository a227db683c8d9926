package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.campaign.reading.Fields;

/// How the codes of a coupon come about and what a checkout may do with them.
///
/// @param codes `generated`, one by one; of a `pool` that the merchant brings; or `shared`, one that everybody types
/// @param sharedCode as it is written; null unless shared
/// @param combinable whether an order may use other codes besides
/// @param marginFloor percent of what is left to pay that must remain over the cost; null for none
/// @param pointsPrice for how many points a customer gets a code; null where for none
/// @param onRefund what becomes of a code whose order is given back: `void`, or `return` to its customer
record CheckoutRules(
        String codes,
        String sharedCode,
        boolean combinable,
        BigDecimal marginFloor,
        Long pointsPrice,
        String onRefund) {

    static final String GENERATED = "generated";
    static final String POOL = "pool";
    static final String SHARED = "shared";

    private static final long MOST_POINTS = 1_000_000_000;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// As it is compared.
    String sharedKey() {
        return sharedCode == null ? null : Codes.normal(sharedCode);
    }

    static CheckoutRules read(Fields fields) {
        String codes = fields.oneOf("codes", List.of(GENERATED, POOL, SHARED));
        String shared = fields.text("sharedCode", 40);
        Boolean combinable = fields.flag("combinable");
        BigDecimal floor = fields.decimal("marginFloorPercent");
        Long price = fields.number("pointsPrice", 1, MOST_POINTS);
        String onRefund = fields.oneOf("onRefund", List.of("void", "return"));
        if (SHARED.equals(codes)) {
            fields.required("sharedCode", shared);
        } else if (shared != null) {
            fields.fault("sharedCode", "has no meaning unless codes is shared");
        }
        if (price != null && SHARED.equals(codes)) {
            fields.fault("pointsPrice", "has no meaning where codes is shared");
        }
        if (shared != null && !Codes.normal(shared).matches("[0-9A-Z]{4,40}")) {
            fields.fault("sharedCode", "must be 4 to 40 letters A to Z and digits");
        }
        if (floor != null && (floor.signum() < 0 || floor.compareTo(HUNDRED) >= 0 || floor.scale() > 2)) {
            fields.fault("marginFloorPercent", "must be 0 or more and less than 100, with at most 2 decimals");
        }
        return new CheckoutRules(
                codes == null ? GENERATED : codes,
                shared == null ? null : shared.strip(),
                !Boolean.FALSE.equals(combinable),
                floor,
                price,
                onRefund == null ? "void" : onRefund);
    }
}
