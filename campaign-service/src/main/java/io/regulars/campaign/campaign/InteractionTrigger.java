package io.regulars.campaign.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.regulars.events.InteractionRecorded;

/// Begins with something a customer did, once for each time.
///
/// @param below only ratings under it; null for any, as `above`
/// @param products of a review: empty for any
public record InteractionTrigger(Kind kind, Integer below, Integer above, List<String> products) implements Trigger {

    /// What customers do.
    public enum Kind {
        REVIEWED("reviewed", "product_reviewed", 5),
        SURVEY_ANSWERED("survey-answered", "survey_answered", 100),
        COMPLAINED("complained", "complained", 0),
        INQUIRED("inquired", "inquired", 0);

        private final String type;
        private final String recorded;
        private final int highest;

        Kind(String type, String recorded, int highest) {
            this.type = type;
            this.recorded = recorded;
            this.highest = highest;
        }

        public String type() {
            return type;
        }

        /// The interaction's kind, as it is recorded.
        public String recorded() {
            return recorded;
        }

        /// The best rating there is; 0 where it has none.
        int highest() {
            return highest;
        }

        static Optional<Kind> of(String type) {
            for (Kind kind : values()) {
                if (kind.type.equals(type)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /// @param zone the shop's: days begin at its midnight
    public Optional<Cause> cause(InteractionRecorded told, Instant activatedAt, ZoneId zone) {
        if (told.backfill()
                || told.at().isBefore(activatedAt)
                || !kind.recorded.equals(told.kind())
                || below != null && (told.rating() == null || told.rating() >= below)
                || above != null && (told.rating() == null || told.rating() <= above)
                || !products.isEmpty() && !products.contains(told.subject())) {
            return Optional.empty();
        }
        Map<String, String> context = EventTrigger.context(told.properties());
        context.put("event.day", LocalDate.ofInstant(told.at(), zone).toString());
        if (told.rating() != null) {
            context.put("event.rating", told.rating().toString());
        }
        if (told.subject() != null) {
            context.put("event.subject", told.subject());
        }
        return Optional.of(new Cause("interaction:" + told.interactionId(), context).happenedAt(told.at()));
    }
}
