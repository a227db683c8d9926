package io.regulars.customer.interaction;

import java.time.Instant;
import java.util.Map;

import io.regulars.kit.id.PublicId;

/// An interaction as it is read.
record InteractionView(
        String id,
        String externalId,
        String customerId,
        String kind,
        Instant at,
        Integer rating,
        String subject,
        Map<String, String> properties,
        boolean backfill) {

    static InteractionView of(Interaction fact) {
        return new InteractionView(
                PublicId.format("int", fact.interactionId()),
                fact.externalId(),
                PublicId.format("cus", fact.customerId()),
                fact.kind(),
                fact.at(),
                fact.rating(),
                fact.subject(),
                fact.properties(),
                fact.backfill());
    }
}
