package io.regulars.campaign.coupon;

import io.regulars.campaign.reading.Fields;

/// What is about to be paid, in minor units of the shop's currency.
///
/// @param amount of the goods, before this coupon
/// @param cost what the goods cost the shop, or null where the checkout does not say
/// @param shipping null where the checkout does not say
record Cart(long amount, Long cost, Long shipping) {

    /// Null where there is none, or where it is wrong.
    static Cart read(Fields fields, String currency) {
        if (fields == null) {
            return null;
        }
        Long amount = fields.required("amount", Amounts.read(fields, "amount", currency, 0));
        Long cost = Amounts.read(fields, "cost", currency, 0);
        Long shipping = Amounts.read(fields, "shipping", currency, 0);
        fields.done();
        return amount == null ? null : new Cart(amount, cost, shipping);
    }
}
