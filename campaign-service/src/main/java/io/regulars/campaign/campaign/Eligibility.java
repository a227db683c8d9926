package io.regulars.campaign.campaign;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Condition;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.guardrail.Guardrails;
import io.regulars.campaign.suppression.Suppressions;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// Looks up, for many customers at once, whether a campaign still concerns them: asked when they enter, when a
/// message is planned, and again in the transaction that claims it.
@ApplicationScoped
public class Eligibility {

    private final Plans plans;
    private final Customers customers;
    private final Shops shops;
    private final Guardrails guardrails;
    private final Audiences audiences;
    private final LapsedCauses lapsed;
    private final Suppressions suppressions;
    private final Endings endings;

    Eligibility(
            Plans plans,
            Customers customers,
            Shops shops,
            Guardrails guardrails,
            Audiences audiences,
            LapsedCauses lapsed,
            Suppressions suppressions,
            Endings endings) {
        this.plans = plans;
        this.customers = customers;
        this.shops = shops;
        this.guardrails = guardrails;
        this.audiences = audiences;
        this.lapsed = lapsed;
        this.suppressions = suppressions;
        this.endings = endings;
    }

    public Answers ask(Collection<Question> questions) {
        return ask(
                questions,
                customers
                        .load(questions.stream().map(Question::customer).toList())
                        .values());
    }

    /// @param customers as they were read in the caller's transaction
    public Answers ask(Collection<Question> questions, Collection<Customer> customers) {
        Map<CustomerKey, Customer> known =
                customers.stream().collect(Collectors.toMap(Customer::key, Function.identity()));
        Set<Integer> merchants = questions.stream()
                .map(question -> question.customer().merchantId())
                .collect(Collectors.toSet());
        Map<Plan.Key, Plan> found =
                plans.load(questions.stream().map(Question::campaign).toList());
        return new Answers(
                        found,
                        known,
                        shops.findAll(merchants),
                        guardrails.of(merchants),
                        categories(known.values(), merchants),
                        picked(questions, found),
                        lapsed.of(questions, found),
                        endings.of(questions, found))
                .suppressing(suppressions.of(customers));
    }

    /// About customers whom nobody enrolled, of a plan that need not be saved or switched on. Of causes of the
    /// past the caller says which were gone; their goals are not asked for.
    ///
    /// @param plan as if it were active
    /// @param gone null for causes of now
    public Answers suppose(
            Plan plan, Collection<Question> questions, Collection<Customer> customers, Map<Question, String> gone) {
        Map<CustomerKey, Customer> known =
                customers.stream().collect(Collectors.toMap(Customer::key, Function.identity()));
        Set<Integer> merchant = Set.of(plan.merchantId());
        Map<Plan.Key, Plan> found = Map.of(plan.key(), plan);
        var answers = new Answers(
                        found,
                        known,
                        shops.findAll(merchant),
                        guardrails.of(merchant),
                        categories(known.values(), merchant),
                        picked(questions, found),
                        gone == null ? lapsed.of(questions, found) : gone,
                        gone == null ? endings.of(questions, found) : Map.of())
                .suppressing(suppressions.of(customers));
        return gone == null ? answers : answers.ofPast();
    }

    private Map<Integer, Map<String, String>> categories(Collection<Customer> known, Set<Integer> merchants) {
        Map<Integer, Map<String, String>> categories = new HashMap<>();
        merchants.forEach(merchant -> categories.put(
                merchant,
                shops.categories(
                        merchant,
                        known.stream()
                                .filter(customer -> customer.merchantId() == merchant)
                                .flatMap(customer -> customer.standing().windows().stream())
                                .map(RepurchaseWindow::productCode)
                                .collect(Collectors.toSet()))));
        return categories;
    }

    private Map<Plan.Key, Set<Long>> picked(Collection<Question> questions, Map<Plan.Key, Plan> found) {
        Map<Plan.Key, List<Long>> asked = questions.stream()
                .collect(Collectors.groupingBy(
                        Question::campaign,
                        Collectors.mapping(question -> question.customer().customerId(), Collectors.toList())));
        Map<Plan.Key, Set<Long>> picked = new HashMap<>();
        asked.forEach((key, ids) -> {
            Condition audience = found.get(key).definition().audience();
            if (!audience.equals(Condition.EVERYONE)) {
                picked.put(key, audiences.among(key.merchantId(), audience, ids));
            }
        });
        return picked;
    }
}
