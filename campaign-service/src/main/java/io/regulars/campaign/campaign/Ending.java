package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.util.List;

import io.regulars.campaign.audience.Condition;

/// What ends a journey before its last step. Looked at whenever a customer goes on, and again when a message is
/// claimed.
///
/// @param goal null where there is none
/// @param exitWhen null where there is none
public record Ending(Goal goal, Condition exitWhen) {

    static final Ending NONE = new Ending(null, null);

    /// What a campaign is for: whoever got there needs no more of it.
    public sealed interface Goal {}

    /// An order placed after the enrolment that counts as a purchase now.
    ///
    /// @param products at least one of these or of the categories; both empty for any order
    /// @param least what the order must be worth at least, in the shop's currency, less what was given
    ///     back; or null
    public record Ordered(List<String> products, List<String> categories, BigDecimal least) implements Goal {}

    public record Holds(Condition condition) implements Goal {}

    boolean none() {
        return goal == null && exitWhen == null;
    }
}
