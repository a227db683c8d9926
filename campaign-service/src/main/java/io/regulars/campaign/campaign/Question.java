package io.regulars.campaign.campaign;

import io.regulars.campaign.audience.CustomerKey;

/// Whether this campaign still concerns this customer for this cause.
public record Question(Plan.Key campaign, CustomerKey customer, String occurrence) {}
