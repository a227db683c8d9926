package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.campaign.audience.Condition;

/// What a campaign does.
///
/// @param holdoutPercent null for the merchant's own
/// @param includeExisting whether activation enrols those who are in the state already
public record Definition(
        String name,
        Trigger trigger,
        Condition audience,
        List<Step> steps,
        BigDecimal holdoutPercent,
        boolean includeExisting) {

    /// Whether activation has customers to enrol.
    boolean fansOut() {
        return includeExisting || trigger instanceof Trigger.Broadcast;
    }
}
