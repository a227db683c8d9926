package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import io.regulars.events.Channel;

/// A merchant's guardrails beside quiet hours, caps and the campaigns' own holdout.
///
/// @param transactional what order and after-sale notices are subject to
/// @param globalHoldout null where there is none
/// @param budgets of all marketing together
/// @param costs of one message by the price list, by channel, in millionths of the merchant's currency; a
///     channel that is absent is free
/// @param breaker null where no campaign stops itself
/// @param approval null where nobody has to agree
public record Policy(
        Transactional transactional,
        GlobalHoldout globalHoldout,
        List<Budget> budgets,
        Map<Channel, Long> costs,
        Breaker breaker,
        Approval approval) {

    /// Whether what is for marketing is for order and after-sale notices too.
    public record Transactional(boolean quietHours, boolean caps, boolean holdout) {

        static final Transactional FREE = new Transactional(false, false, false);
    }

    /// A campaign that would reach more than `factor` times what was expected, and more than `floor`, stops
    /// itself.
    public record Breaker(BigDecimal factor, long floor) {

        static final Breaker DEFAULT = new Breaker(BigDecimal.TWO, 500);

        public long most(long expected) {
            return Math.max(factor.multiply(BigDecimal.valueOf(expected)).longValue(), floor);
        }
    }

    /// A second person agrees to a campaign before it begins.
    ///
    /// @param fromAudience of how many customers on, or null for every campaign
    public record Approval(Long fromAudience) {}

    public static final Policy NONE = new Policy(Transactional.FREE, null, List.of(), Map.of(), null, null);

    static final Policy DEFAULT = new Policy(Transactional.FREE, null, List.of(), Map.of(), Breaker.DEFAULT, null);

    public Policy {
        budgets = List.copyOf(budgets);
        costs = Map.copyOf(costs);
    }

    Policy withCosts(Map<Channel, Long> listed) {
        return new Policy(transactional, globalHoldout, budgets, listed, breaker, approval);
    }

    public long cost(Channel channel) {
        return costs.getOrDefault(channel, 0L);
    }
}
