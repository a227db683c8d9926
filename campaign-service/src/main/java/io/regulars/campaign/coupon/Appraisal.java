package io.regulars.campaign.coupon;

import java.math.BigDecimal;
import java.math.RoundingMode;

import io.regulars.kit.money.Money;

/// What a coupon takes off a cart, and what of the cart speaks against it.
///
/// @param discount minor units, rounded half up; null where it is no sum of money, or there is no cart
/// @param objection null where nothing speaks against it
record Appraisal(Long discount, String objection) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// @param marginFloor percent, or null for none
    /// @param cart null where the checkout did not tell it: then only a margin floor minds
    static Appraisal of(Offer offer, BigDecimal marginFloor, Cart cart, String currency) {
        if (cart == null) {
            return new Appraisal(
                    null, marginFloor == null ? null : "the coupon has a margin floor: tell the cart with its cost");
        }
        Long discount = discount(offer, cart);
        if (offer.minimumSpend() != null && cart.amount() < offer.minimumSpend()) {
            return new Appraisal(
                    discount,
                    "the cart is below the minimum spend of %s %s"
                            .formatted(
                                    Money.major(offer.minimumSpend(), currency).toPlainString(), currency));
        }
        return new Appraisal(discount, marginFloor == null ? null : belowFloor(marginFloor, cart, discount));
    }

    private static Long discount(Offer offer, Cart cart) {
        return switch (offer.kind()) {
            case "percent" ->
                BigDecimal.valueOf(cart.amount())
                        .multiply(offer.percentOff())
                        .divide(HUNDRED, 0, RoundingMode.HALF_UP)
                        .longValueExact();
            case "amount", "threshold" -> Math.min(offer.amountOff(), cart.amount());
            case "free-shipping" -> cart.shipping();
            default -> null;
        };
    }

    /// Shipping that is not charged lessens what is left as any discount does.
    private static String belowFloor(BigDecimal floor, Cart cart, Long discount) {
        if (cart.cost() == null) {
            return "the coupon has a margin floor: tell what the cart costs the shop";
        }
        long left = cart.amount() - (discount == null ? 0 : discount);
        BigDecimal over = BigDecimal.valueOf(left - cart.cost()).multiply(HUNDRED);
        if (left > 0 && over.compareTo(floor.multiply(BigDecimal.valueOf(left))) >= 0) {
            return null;
        }
        return "it would leave less than %s %% over the cost"
                .formatted(floor.stripTrailingZeros().toPlainString());
    }
}
