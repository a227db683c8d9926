package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.campaign.audience.Condition;

/// What a campaign does.
///
/// @param steps as the places of customers and messages count them
/// @param holdoutPercent null for the merchant's own
/// @param includeExisting whether activation enrols those who are in the state already
public record Definition(
        String name,
        Trigger trigger,
        Condition audience,
        List<Step> steps,
        Ending ending,
        BigDecimal holdoutPercent,
        boolean includeExisting) {

    /// One that only its steps end.
    public Definition(
            String name,
            Trigger trigger,
            Condition audience,
            List<Step> steps,
            BigDecimal holdoutPercent,
            boolean includeExisting) {
        this(name, trigger, audience, steps, Ending.NONE, holdoutPercent, includeExisting);
    }

    /// Whether activation has customers to enrol.
    boolean fansOut() {
        return includeExisting || trigger instanceof Trigger.Broadcast;
    }
}
