package io.regulars.campaign.trigger;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.audience.Shops;
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
    private final Shops shops;
    private final Chronicle chronicle;

    InteractionCauses(
            Carts carts, Plans plans, Enrolments enrolments, Awakenings awakenings, Shops shops, Chronicle chronicle) {
        this.carts = carts;
        this.plans = plans;
        this.enrolments = enrolments;
        this.awakenings = awakenings;
        this.shops = shops;
        this.chronicle = chronicle;
    }

    /// In the caller's transaction.
    public void apply(List<InteractionRecorded> facts) {
        Map<Integer, List<Plan>> active =
                plans.active(facts.stream().map(InteractionRecorded::merchantId).collect(Collectors.toSet())).stream()
                        .collect(Collectors.groupingBy(Plan::merchantId));
        List<Awakenings.Fact> told = facts.stream()
                .filter(fact -> !fact.backfill())
                .map(fact -> new Awakenings.Fact(
                        fact.merchantId(),
                        fact.customerId(),
                        Happening.key(Happening.INTERACTION, fact.kind()),
                        fact.at()))
                .toList();
        awakenings.begin(told.stream().map(Awakenings.Fact::customer).toList(), active);
        carts.apply(facts);
        chronicle.did(facts);
        enrolments.enrol(entries(facts, active));
        awakenings.told(told, active);
    }

    private List<Enrolments.Entry> entries(List<InteractionRecorded> facts, Map<Integer, List<Plan>> active) {
        Map<Integer, Shop> of = active.isEmpty() ? Map.of() : shops.findAll(active.keySet());
        List<Enrolments.Entry> entries = new ArrayList<>();
        for (InteractionRecorded fact : facts) {
            for (Plan plan : active.getOrDefault(fact.merchantId(), List.of())) {
                cause(plan, fact, of.get(fact.merchantId()).zone())
                        .ifPresent(cause -> entries.add(new Enrolments.Entry(plan, fact.customerId(), cause)));
            }
        }
        return entries;
    }

    private static Optional<Cause> cause(Plan plan, InteractionRecorded fact, ZoneId zone) {
        return switch (plan.definition().trigger()) {
            case CartTrigger cart -> cart.cause(fact, plan.activatedAt());
            case InteractionTrigger interaction -> interaction.cause(fact, plan.activatedAt(), zone);
            default -> Optional.empty();
        };
    }
}
