package io.regulars.events;

import java.time.Instant;
import java.util.Map;

/// Something a customer did besides ordering. A fact: recorded once, never changed.
///
/// @param kind Segment's e-commerce name in lower snake case where it has one: `product_viewed`, `products_searched`,
///     `product_favourited`, `product_added`, `cart_abandoned`, `product_reviewed`, `visited`, `inquired`,
/// `complained`,
///     `campaign_joined`, `survey_answered`, `called_back`
/// @param rating 1 to 5 of a review, 0 to 100 of a survey, or null
/// @param subject what it is about: a product code, a cart id, search words … or null
public record InteractionRecorded(
        int merchantId,
        long customerId,
        long interactionId,
        String externalId,
        String kind,
        Instant at,
        Integer rating,
        String subject,
        Map<String, String> properties,
        boolean backfill)
        implements Event {

    public InteractionRecorded {
        properties = Lists.copy(properties);
    }

    @Override
    public long version() {
        return 1;
    }

    @Override
    public String thing() {
        return "i" + interactionId;
    }
}
