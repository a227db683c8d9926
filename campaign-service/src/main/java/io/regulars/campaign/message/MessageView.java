package io.regulars.campaign.message;

import java.time.Instant;

import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.kit.id.PublicId;

/// A message as callers see it.
///
/// @param occurrence the cause
/// @param reason why it is in this state, where that needs one
/// @param dueAt when it is looked at next
public record MessageView(
        String id,
        String customerId,
        String campaignId,
        String channel,
        String state,
        String reason,
        String occurrence,
        int step,
        Instant dueAt,
        int attempts,
        String providerId,
        Instant plannedAt,
        Instant sentAt,
        Instant updatedAt) {

    public static MessageView of(MessageList.Row row) {
        return new MessageView(
                PublicId.format(MessageList.ID, row.id()),
                Customers.publicId(row.customerId()),
                Campaigns.publicId(row.campaignId()),
                row.channel(),
                row.state(),
                row.reason(),
                row.occurrence(),
                row.step(),
                row.dueAt(),
                row.attempts(),
                row.providerId(),
                row.plannedAt(),
                row.sentAt(),
                row.updatedAt());
    }
}
