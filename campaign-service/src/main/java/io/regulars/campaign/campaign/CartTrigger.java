package io.regulars.campaign.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.occasion.Carts;
import io.regulars.events.InteractionRecorded;

/// Begins with a cart that was left behind, some time later; an order or a newer state of the cart ends it.
///
/// @param delay from when the cart was left
public record CartTrigger(Duration delay) implements Trigger {

    private static final String NAME = "cart:";

    public Optional<Cause> cause(InteractionRecorded told, Instant activatedAt) {
        if (told.backfill() || told.at().isBefore(activatedAt) || !Carts.ABANDONED.equals(told.kind())) {
            return Optional.empty();
        }
        Map<String, String> context = EventTrigger.context(told.properties());
        context.put("event.cart", Carts.cartOf(told));
        return Optional.of(new Cause(
                NAME + told.interactionId() + ":" + Carts.cartOf(told),
                context,
                told.at().plus(delay),
                told.at()));
    }

    /// The cart's state that the occurrence names.
    public static Carts.State stateOf(CustomerKey customer, String occurrence) {
        String[] parts = occurrence.split(":", 3);
        return new Carts.State(customer.merchantId(), customer.customerId(), parts[2], Long.parseLong(parts[1]));
    }
}
