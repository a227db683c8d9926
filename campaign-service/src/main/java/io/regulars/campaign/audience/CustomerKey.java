package io.regulars.campaign.audience;

/// A customer among all merchants'.
public record CustomerKey(int merchantId, long customerId) {}
