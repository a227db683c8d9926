package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.guardrail.GlobalHoldout;
import io.regulars.campaign.guardrail.Holdout;
import io.regulars.campaign.guardrail.Settings;
import io.regulars.events.Channel;

/// What is known for a set of questions, read at one moment.
public final class Answers {

    private final Map<Plan.Key, Plan> plans;
    private final Map<CustomerKey, Customer> customers;
    private final Map<Integer, Shop> shops;
    private final Map<Integer, Settings> settings;
    private final Map<Integer, Map<String, String>> categories;
    private final Map<Plan.Key, Set<Long>> picked;
    private final Map<Question, String> lapsed;
    private final Map<Question, Obstacle> ended;
    private Map<CustomerKey, Map<Channel, String>> suppressed = Map.of();
    private boolean ofPast;

    Answers(
            Map<Plan.Key, Plan> plans,
            Map<CustomerKey, Customer> customers,
            Map<Integer, Shop> shops,
            Map<Integer, Settings> settings,
            Map<Integer, Map<String, String>> categories,
            Map<Plan.Key, Set<Long>> picked,
            Map<Question, String> lapsed,
            Map<Question, Obstacle> ended) {
        this.plans = plans;
        this.customers = customers;
        this.shops = shops;
        this.settings = settings;
        this.categories = categories;
        this.picked = picked;
        this.lapsed = lapsed;
        this.ended = ended;
    }

    public Plan plan(Plan.Key key) {
        return plans.get(key);
    }

    /// Null where the copy does not hold the customer.
    public Customer customer(CustomerKey key) {
        return customers.get(key);
    }

    public Shop shop(int merchant) {
        return shops.get(merchant);
    }

    public Settings settings(int merchant) {
        return settings.get(merchant);
    }

    Answers suppressing(Map<CustomerKey, Map<Channel, String>> addresses) {
        suppressed = addresses;
        return this;
    }

    /// About causes of the past: that they are gone from the standing by now is no matter.
    Answers ofPast() {
        ofPast = true;
        return this;
    }

    /// Why the customer's address on the channel must not be written to.
    public Optional<String> suppressed(CustomerKey customer, Channel channel) {
        return Optional.ofNullable(suppressed.getOrDefault(customer, Map.of()).get(channel));
    }

    /// The zone of the clock on the customer's wall.
    public ZoneId zone(CustomerKey key) {
        Customer customer = customer(key);
        try {
            return customer.timeZone() == null ? shop(key.merchantId()).zone() : ZoneId.of(customer.timeZone());
        } catch (DateTimeException unknownZone) {
            return shop(key.merchantId()).zone();
        }
    }

    /// The first reason that speaks against it; empty where none does.
    ///
    /// @param now decides who is in a holdout that changes with the calendar
    public Optional<Obstacle> obstacle(Question question, Instant now) {
        Plan plan = plan(question.campaign());
        if (plan.paused()) {
            return Optional.of(new Obstacle(Obstacle.Kind.PAUSED, "the campaign is paused"));
        }
        if (!plan.active()) {
            return Optional.of(Obstacle.ended("the campaign is " + plan.state()));
        }
        Customer customer = customer(question.customer());
        if (customer == null || !customer.profiled()) {
            return Optional.of(new Obstacle(Obstacle.Kind.NOT_YET_KNOWN, "the customer's profile has not come yet"));
        }
        if (customer.erased()) {
            return Optional.of(Obstacle.ended("the customer is erased"));
        }
        Obstacle ending = ended.get(question);
        if (ending != null) {
            return Optional.of(ending);
        }
        if (causeIsGone(plan, customer, question.occurrence())) {
            return Optional.of(Obstacle.ended("the cause is gone: " + absence(plan, customer, question)));
        }
        if (!picks(plan, question)) {
            return Optional.of(Obstacle.ended("the audience condition does not hold"));
        }
        if (isHeldOutOfAll(plan, customer, now)) {
            return Optional.of(new Obstacle(Obstacle.Kind.HELD_OUT, GlobalHoldout.REASON));
        }
        if (Holdout.holdsOut(plan.salt(), customer.id(), holdout(plan))) {
            return Optional.of(new Obstacle(
                    Obstacle.Kind.HELD_OUT,
                    "in the holdout of " + holdout(plan).stripTrailingZeros().toPlainString() + " %"));
        }
        return Optional.empty();
    }

    private boolean isHeldOutOfAll(Plan plan, Customer customer, Instant now) {
        GlobalHoldout global = settings(plan.merchantId()).policy().globalHoldout();
        return global != null
                && plan.hasHoldout(settings(plan.merchantId()))
                && global.holdsOut(
                        plan.merchantId(),
                        customer.id(),
                        now,
                        shop(plan.merchantId()).zone());
    }

    /// The holdout that the campaign's customers are subject to, in percent; 0 where they are subject to none.
    public BigDecimal holdout(Plan plan) {
        return plan.holdout(settings(plan.merchantId()));
    }

    private boolean causeIsGone(Plan plan, Customer customer, String occurrence) {
        Trigger trigger = plan.definition().trigger();
        if (ofPast || !trigger.ofStanding()) {
            return lapsed.containsKey(new Question(plan.key(), customer.key(), occurrence));
        }
        return trigger.causes(customer.standing(), categories.get(plan.merchantId())).stream()
                .noneMatch(cause -> cause.occurrence().equals(occurrence));
    }

    private String absence(Plan plan, Customer customer, Question question) {
        String why = lapsed.get(question);
        return why == null ? plan.definition().trigger().absence(customer.standing()) : why;
    }

    private boolean picks(Plan plan, Question question) {
        return plan.definition().audience().equals(Condition.EVERYONE)
                || picked.get(question.campaign()).contains(question.customer().customerId());
    }
}
