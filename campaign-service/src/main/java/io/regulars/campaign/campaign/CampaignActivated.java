package io.regulars.campaign.campaign;

/// There may be customers to enrol.
public record CampaignActivated(int merchantId, long campaignId) {}
