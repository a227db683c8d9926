package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.regulars.campaign.guardrail.Budget;

/// How a campaign stands towards the guardrails and the merchant's other campaigns.
///
/// @param transactional whether its messages serve an order that the customer placed, and advertise nothing
/// @param priority 0 to 1000: where a customer's caps have room for one message, the highest goes first
/// @param expectedValue what a message is thought to earn, in the merchant's currency: decides between equal
///     priorities
/// @param sendWithin how long after its step was reached a message may still go; null for ever
/// @param expectedAudience how many customers it is thought to reach, by a trigger within an hour; null where
///     unstated
/// @param budgets of this campaign alone
public record Rules(
        boolean transactional,
        int priority,
        BigDecimal expectedValue,
        Duration sendWithin,
        Long expectedAudience,
        List<Budget> budgets) {

    /// As long as the shipped caps count: what waits for one of them is planned again, and not dropped.
    static final Duration SEND_MARKETING_WITHIN = Duration.ofDays(7);

    public static final Rules MARKETING = new Rules(false, 0, BigDecimal.ZERO, SEND_MARKETING_WITHIN, null, List.of());

    public Rules {
        budgets = List.copyOf(budgets);
    }

    /// When a message that was planned at this instant is too late; never before the end of time.
    public Instant expiry(Instant plannedAt) {
        return sendWithin == null ? Instant.MAX : plannedAt.plus(sendWithin);
    }
}
