package io.regulars.campaign.campaign;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.regulars.campaign.guardrail.Notices;

/// A campaign as callers see it.
///
/// @param definition as people wrote it
/// @param expectedAudience absent where nothing is known
/// @param stoppedAtAudience how many it was about to reach when it stopped itself, absent where that is no
///     matter
/// @param approvalAskedBy who switched it on, while a second person has to agree
/// @param notices what people have to be told, the latest first; absent in lists
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
        Instant finishedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long expectedAudience,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long stoppedAtAudience,
        @JsonInclude(JsonInclude.Include.NON_NULL) String approvalAskedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) String approvedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Notices.Notice> notices) {

    public static CampaignView of(Campaign campaign) {
        return of(campaign, null);
    }

    static CampaignView of(Campaign campaign, List<Notices.Notice> notices) {
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
                campaign.finishedAt,
                campaign.expectedAudience,
                campaign.stoppedAtAudience,
                campaign.approvalAskedBy,
                campaign.approvedBy,
                notices);
    }
}
