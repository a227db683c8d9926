package io.regulars.campaign.coupon;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;

/// What a checkout asks of a code.
///
/// @param orderId the shop's own id of the order; null where it only wants to know
/// @param customer `cus_…` or `ext:…`, or null
/// @param cart null where the checkout does not tell it
/// @param with other codes that the cart names
/// @param hold for how long to reserve
record Use(String orderId, String customer, Cart cart, List<String> with, Duration hold) {

    static final Use NOTHING_TOLD = new Use(null, null, null, List.of(), Duration.ofMinutes(15));

    private static final Duration LONGEST_HOLD = Duration.ofDays(1);
    private static final int MOST_WITH = 20;

    /// @param orderNeeded whether it is about an order
    static Use read(JsonNode body, String currency, boolean orderNeeded) {
        if (body == null && !orderNeeded) {
            return NOTHING_TOLD;
        }
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String order = fields.text("orderId", 200);
        String customer = fields.text("customerId", 250);
        Cart cart = Cart.read(fields.object("cart"), currency);
        List<String> with = fields.texts("with", 60);
        Duration hold = fields.duration("holdFor");
        fields.done();
        if (orderNeeded) {
            fields.required("orderId", order);
        }
        if (with.size() > MOST_WITH) {
            fields.fault("with", "must be at most " + MOST_WITH + " codes");
        }
        if (hold != null && hold.compareTo(LONGEST_HOLD) > 0) {
            fields.fault("holdFor", "must be at most P1D");
        }
        faults.throwIfAny();
        return new Use(order, customer, cart, with, hold == null ? NOTHING_TOLD.hold() : hold);
    }
}
