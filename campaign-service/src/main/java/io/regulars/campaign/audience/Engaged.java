package io.regulars.campaign.audience;

import java.util.List;

/// A customer opened messages, or clicked in them. Fired in the transaction that keeps it, by whoever hears of
/// it.
///
/// @param clicked else opened
public record Engaged(int merchantId, long customerId, List<Long> messages, boolean clicked) {}
