package io.regulars.campaign.preview;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.regulars.campaign.library.StoredTemplates;
import io.regulars.kit.id.PublicId;

/// A message for a try as callers see it.
///
/// @param trail its states, with their instants and reasons
record TestSendView(
        String id,
        String templateId,
        Integer version,
        String channel,
        String address,
        String state,
        String providerId,
        Instant createdAt,
        @JsonRawValue String trail) {

    static TestSendView of(TestSends.Row row) {
        return new TestSendView(
                PublicId.format(TestSends.ID, row.id()),
                PublicId.format(StoredTemplates.ID, row.templateId()),
                row.version(),
                row.channel(),
                row.address(),
                row.state(),
                row.providerId(),
                row.createdAt(),
                row.trail());
    }
}
