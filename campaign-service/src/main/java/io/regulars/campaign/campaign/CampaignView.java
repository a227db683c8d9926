package io.regulars.campaign.campaign;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonRawValue;

/// A campaign as callers see it.
///
/// @param definition as people wrote it
public record CampaignView(
        String id,
        String name,
        String state,
        int revision,
        String playbook,
        @JsonRawValue String definition,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        Instant activatedAt,
        Instant finishedAt) {

    public static CampaignView of(Campaign campaign) {
        return new CampaignView(
                Campaigns.publicId(campaign.id),
                campaign.name,
                campaign.state,
                campaign.revision,
                campaign.playbook,
                campaign.definition,
                campaign.createdBy,
                campaign.createdAt,
                campaign.updatedAt,
                campaign.activatedAt,
                campaign.finishedAt);
    }
}
