package io.regulars.campaign.guardrail;

import java.util.Map;

/// Which guardrail a reason is of, and the reason without what is one message's own.
///
/// @param name as people call it
public record Guard(String name, String reason) {

    /// By how the reasons begin, as the gate and the obstacles word them.
    private static final Map<String, String> BY_BEGIN = Map.ofEntries(
            Map.entry("consent for", "consent"),
            Map.entry("no consent", "consent"),
            Map.entry("no way to unsubscribe", "consent"),
            Map.entry("no phone", "address"),
            Map.entry("no e-mail", "address"),
            Map.entry("the address is suppressed", "suppression"),
            Map.entry("in the holdout", "holdout"),
            Map.entry("global holdout", "holdout"),
            Map.entry("cap of", "cap"),
            Map.entry("a message of a higher priority", "priority"),
            Map.entry("quiet hours", "quiet hours"),
            Map.entry("budget", "budget"),
            Map.entry("too late", "too late"),
            Map.entry("the cause is gone", "cause"),
            Map.entry("the audience", "audience"),
            Map.entry("the exit", "exit"),
            Map.entry("the goal", "goal"),
            Map.entry("the customer is erased", "erased"),
            Map.entry("the customer's profile", "profile"),
            Map.entry("template", "template"),
            Map.entry("coupon", "coupon"),
            Map.entry("the coupon", "coupon"),
            Map.entry("customer has had the coupon", "coupon"),
            Map.entry("re-entry", "re-entry"),
            Map.entry("approval", "approval"),
            Map.entry("breaker", "breaker"),
            Map.entry("kill switch", "kill switch"),
            Map.entry("state", "state"));

    public static Guard of(String reason) {
        String name = BY_BEGIN.entrySet().stream()
                .filter(entry -> reason.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse("other");
        return new Guard(
                name,
                switch (name) {
                    case "quiet hours", "re-entry" -> name;
                    case "cause", "suppression" -> reason.split(":", 2)[0];
                    default -> reason;
                });
    }
}
