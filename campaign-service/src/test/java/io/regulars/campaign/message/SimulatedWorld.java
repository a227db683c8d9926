package io.regulars.campaign.message;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.campaign.Answers;
import io.regulars.campaign.campaign.Definition;
import io.regulars.campaign.campaign.KnownAnswers;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Rules;
import io.regulars.campaign.guardrail.Cap;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.campaign.journey.JourneysInMemory;

/// What all replicas share.
final class SimulatedWorld {

    final Chance chance;
    final Mutation mutation;
    final SimulatedShop shop;
    final SimulatedProvider provider;
    final MessagesInMemory messages;
    final JourneysInMemory journeys;
    final SendingOracle oracle;
    private final Map<Long, Customer> atFirst;

    SimulatedWorld(Chance chance, Mutation mutation, List<ZoneId> zones) {
        this.chance = chance;
        this.mutation = mutation;
        shop = new SimulatedShop(chance, zones);
        provider = new SimulatedProvider(chance);
        messages = new MessagesInMemory(mutation, shop::active, () -> shop.stopped, shop.budgets);
        journeys = new JourneysInMemory(mutation != Mutation.CAUSES_ENROL_AGAIN);
        oracle = new SendingOracle(this);
        atFirst = new TreeMap<>(shop.customers);
    }

    /// What a worker sees who is about to claim.
    Answers answers() {
        return switch (mutation) {
            case ZONE_IGNORED ->
                answers(shop.plans.values(), inShopsZone(), new Shop(1, "s", ZoneOffset.UTC, "EUR", "en"), 0);
            case CAP_ONE_TOO_MANY -> answers(shop.plans.values(), shop.customers.values(), shop.shop, 1);
            case CONSENT_AS_AT_FIRST -> answers(shop.plans.values(), withConsentAtFirst(), shop.shop, 0);
            case EXPIRY_IGNORED -> answers(withoutLimit(), shop.customers.values(), shop.shop, 0);
            case PAUSE_IGNORED -> answers(withPausedAs("active"), shop.customers.values(), shop.shop, 0);
            case PAUSE_DROPS -> answers(withPausedAs("finished"), shop.customers.values(), shop.shop, 0);
            default -> journeyAnswers();
        };
    }

    private List<Plan> withPausedAs(String state) {
        return shop.plans.values().stream()
                .map(plan -> plan.paused() ? with(plan, state) : plan)
                .toList();
    }

    /// What a worker sees who leads enrolments on.
    Answers journeyAnswers() {
        return mutation == Mutation.HOLDOUT_FORGOTTEN
                ? KnownAnswers.of(
                        shop.plans.values(),
                        shop.customers.values(),
                        shop.shop,
                        new Settings(
                                shop.settings.quietHours(),
                                shop.settings.caps(),
                                BigDecimal.ZERO,
                                shop.settings.policy()))
                : shop.answers();
    }

    private Answers answers(Collection<Plan> plans, Collection<Customer> customers, Shop of, int more) {
        var caps = shop.settings.caps().stream()
                .map(cap -> new Cap(cap.channel(), cap.max() + more, cap.per()))
                .toList();
        var settings =
                new Settings(shop.settings.quietHours(), caps, shop.settings.holdoutPercent(), shop.settings.policy());
        return KnownAnswers.of(plans, customers, of, settings);
    }

    private List<Customer> inShopsZone() {
        return shop.customers.values().stream().map(one -> with(one, one, null)).toList();
    }

    private List<Customer> withConsentAtFirst() {
        return shop.customers.values().stream()
                .map(one -> with(one, atFirst.get(one.id()), one.timeZone()))
                .toList();
    }

    private static Customer with(Customer one, Customer consents, String zone) {
        return new Customer(
                one.merchantId(),
                one.id(),
                one.profiled(),
                one.externalId(),
                null,
                zone,
                one.phone(),
                one.email(),
                consents.smsConsent(),
                consents.emailConsent(),
                consents.inboxConsent(),
                one.unsubscribeToken(),
                false,
                null,
                one.standing(),
                null);
    }

    /// However late it is.
    private List<Plan> withoutLimit() {
        return shop.plans.values().stream()
                .map(plan -> with(plan, plan.state(), withoutLimit(plan.definition())))
                .toList();
    }

    private static Definition withoutLimit(Definition one) {
        var rules = new Rules(
                one.rules().transactional(),
                one.rules().priority(),
                one.rules().expectedValue(),
                null,
                null,
                one.rules().budgets());
        return new Definition(
                one.name(),
                one.trigger(),
                one.audience(),
                one.steps(),
                one.holdoutPercent(),
                one.includeExisting(),
                one.reentry(),
                rules);
    }

    private static Plan with(Plan plan, String state) {
        return with(plan, state, plan.definition());
    }

    private static Plan with(Plan plan, String state, Definition definition) {
        return new Plan(
                plan.merchantId(),
                plan.campaignId(),
                plan.revision(),
                plan.name(),
                state,
                plan.salt(),
                plan.activatedAt(),
                definition);
    }
}
