package io.regulars.customer.interaction;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.regulars.events.InteractionRecorded;

/// A fact as it stands: a row of `interaction`.
record Interaction(
        int merchantId,
        long customerId,
        long interactionId,
        String externalId,
        String kind,
        Instant at,
        Integer rating,
        String subject,
        Map<String, String> properties,
        boolean backfill,
        Instant recordedAt) {

    /// Whether both tell the same, whenever they were recorded.
    boolean tellsTheSameAs(Interaction other) {
        return customerId == other.customerId
                && kind.equals(other.kind)
                && at.equals(other.at)
                && Objects.equals(rating, other.rating)
                && Objects.equals(subject, other.subject)
                && properties.equals(other.properties);
    }

    InteractionRecorded event() {
        return new InteractionRecorded(
                merchantId, customerId, interactionId, externalId, kind, at, rating, subject, properties, backfill);
    }
}
