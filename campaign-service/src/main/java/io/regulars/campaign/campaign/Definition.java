package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.campaign.audience.Condition;

/// What a campaign does.
///
/// @param steps as the places of customers and messages count them
/// @param holdoutPercent null for the merchant's own
/// @param includeExisting whether activation enrols those who are in the state already
/// @param reentry whether a customer who was in it enters again for another cause
/// @param tracking whether opens and clicks of its e-mails are tracked, where the shop allows it
/// @param shortLinks whether links in its SMS are replaced by ours, which are tracked
/// @param rules its class, priority, time limit, size and budgets
public record Definition(
        String name,
        Trigger trigger,
        Condition audience,
        List<Step> steps,
        Ending ending,
        BigDecimal holdoutPercent,
        boolean includeExisting,
        Reentry reentry,
        boolean tracking,
        boolean shortLinks,
        Rules rules) {

    /// A marketing campaign that says nothing of itself, that only its steps end, and that customers enter again for
    /// each cause.
    public Definition(
            String name,
            Trigger trigger,
            Condition audience,
            List<Step> steps,
            BigDecimal holdoutPercent,
            boolean includeExisting) {
        this(name, trigger, audience, steps, holdoutPercent, includeExisting, Reentry.ALWAYS, Rules.MARKETING);
    }

    public Definition(
            String name,
            Trigger trigger,
            Condition audience,
            List<Step> steps,
            BigDecimal holdoutPercent,
            boolean includeExisting,
            Reentry reentry,
            Rules rules) {
        this(name, trigger, audience, steps, Ending.NONE, holdoutPercent, includeExisting, reentry, true, false, rules);
    }

    /// Whether activation has customers to enrol.
    boolean fansOut() {
        return includeExisting || trigger instanceof Trigger.Broadcast;
    }
}
