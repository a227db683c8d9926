package io.regulars.campaign.campaign;

/// Fired in the transaction that resumes a campaign: what was parked is due again.
public record CampaignResumed(int merchantId, long campaignId) {}
