package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.campaign.audience.Condition;

/// What a campaign does.
///
/// @param holdoutPercent null for the merchant's own
/// @param includeExisting whether activation enrols those who are in the state already
/// @param rules its class, priority, time limit, size and budgets
public record Definition(
        String name,
        Trigger trigger,
        Condition audience,
        List<Step> steps,
        BigDecimal holdoutPercent,
        boolean includeExisting,
        Rules rules) {

    /// A marketing campaign that says nothing of itself.
    public Definition(
            String name,
            Trigger trigger,
            Condition audience,
            List<Step> steps,
            BigDecimal holdoutPercent,
            boolean includeExisting) {
        this(name, trigger, audience, steps, holdoutPercent, includeExisting, Rules.MARKETING);
    }

    /// Whether activation has customers to enrol.
    boolean fansOut() {
        return includeExisting || trigger instanceof Trigger.Broadcast;
    }
}
