package io.regulars.campaign.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.campaign.CartTrigger;
import io.regulars.campaign.campaign.Happening;
import io.regulars.campaign.campaign.InteractionTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.campaign.Trigger.Cause;
import io.regulars.campaign.journey.Awakenings;
import io.regulars.campaign.journey.Enrolments;
import io.regulars.campaign.occasion.Carts;
import io.regulars.events.InteractionRecorded;

/// Enrols customers for what they did, in the transaction that applies it. A fact has an id of its own, and its own
/// instant: one from before a campaign is no cause, however late it is read.
@ApplicationScoped
public class InteractionCauses {

    private final Carts carts;
    private final Plans plans;
    private final Enrolments enrolments;
    private final Awakenings awakenings;
    private final Chronicle chronicle;

    InteractionCauses(Carts carts, Plans plans, Enrolments enrolments, Awakenings awakenings, Chronicle chronicle) {
        this.carts = carts;
        this.plans = plans;
        this.enrolments = enrolments;
        this.awakenings = awakenings;
        this.chronicle = chronicle;
    }

    /// In the caller's transaction.
    public void apply(List<InteractionRecorded> facts) {
        carts.apply(facts);
        chronicle.did(facts);
        Map<Integer, List<Plan>> active =
                plans.active(facts.stream().map(InteractionRecorded::merchantId).collect(Collectors.toSet())).stream()
                        .collect(Collectors.groupingBy(Plan::merchantId));
        List<Enrolments.Entry> entries = new ArrayList<>();
        for (InteractionRecorded fact : facts) {
            for (Plan plan : active.getOrDefault(fact.merchantId(), List.of())) {
                cause(plan, fact).ifPresent(cause -> entries.add(new Enrolments.Entry(plan, fact.customerId(), cause)));
            }
        }
        enrolments.enrol(entries);
        awakenings.told(facts.stream()
                .filter(fact -> !fact.backfill())
                .map(fact -> new Awakenings.Fact(
                        fact.merchantId(),
                        fact.customerId(),
                        Happening.key(Happening.INTERACTION, fact.kind()),
                        fact.at()))
                .toList());
    }

    private static Optional<Cause> cause(Plan plan, InteractionRecorded fact) {
        return switch (plan.definition().trigger()) {
            case CartTrigger cart -> cart.cause(fact, plan.activatedAt());
            case InteractionTrigger interaction -> interaction.cause(fact, plan.activatedAt());
            default -> Optional.empty();
        };
    }
}
