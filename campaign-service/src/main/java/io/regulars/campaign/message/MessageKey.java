package io.regulars.campaign.message;

/// A message among all merchants'.
public record MessageKey(int merchantId, long customerId, long id) {}
