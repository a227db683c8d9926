package io.regulars.campaign.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.campaign.OrderTrigger;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.campaign.journey.Awakenings;
import io.regulars.campaign.journey.Enrolments;
import io.regulars.campaign.occasion.Orders;
import io.regulars.campaign.occasion.Orders.Passed;
import io.regulars.events.OrderChanged;

/// Enrols customers for what became of their orders, in the transaction that applies it.
@ApplicationScoped
public class OrderCauses {

    private final Orders orders;
    private final Plans plans;
    private final Enrolments enrolments;
    private final Awakenings awakenings;
    private final Chronicle chronicle;

    OrderCauses(Orders orders, Plans plans, Enrolments enrolments, Awakenings awakenings, Chronicle chronicle) {
        this.orders = orders;
        this.plans = plans;
        this.enrolments = enrolments;
        this.awakenings = awakenings;
        this.chronicle = chronicle;
    }

    /// First of all in the transaction that applies the orders.
    ///
    /// @return the campaigns that may enrol, by merchant
    public Map<Integer, List<Plan>> begin(List<OrderChanged> orders) {
        Map<Integer, List<Plan>> active = plans
                .active(orders.stream().map(OrderChanged::merchantId).toList())
                .stream()
                .collect(Collectors.groupingBy(Plan::merchantId));
        awakenings.begin(
                orders.stream()
                        .map(order -> new CustomerKey(order.merchantId(), order.customerId()))
                        .toList(),
                active);
        return active;
    }

    /// In the caller's transaction.
    ///
    /// @param newer orders that are newer than what was held: one that comes again is not among them
    public void apply(List<OrderChanged> newer, Map<Integer, List<Plan>> active) {
        List<Passed> passed = orders.apply(newer);
        if (passed.isEmpty()) {
            return;
        }
        chronicle.passed(passed);
        Map<Integer, List<Plan>> byOrders = active.values().stream()
                .flatMap(List::stream)
                .filter(plan -> plan.definition().trigger() instanceof OrderTrigger)
                .collect(Collectors.groupingBy(Plan::merchantId));
        if (byOrders.isEmpty()) {
            return;
        }
        Set<Orders.Key> firsts = firsts(passed, byOrders);
        List<Enrolments.Entry> entries = new ArrayList<>();
        for (Passed one : passed) {
            OrderChanged order = one.order();
            for (Plan plan : byOrders.getOrDefault(order.merchantId(), List.of())) {
                ((OrderTrigger) plan.definition().trigger())
                        .cause(one, plan.activatedAt(), firsts.contains(Orders.Key.of(order)))
                        .ifPresent(cause -> entries.add(new Enrolments.Entry(plan, order.customerId(), cause)));
            }
        }
        enrolments.enrol(entries);
    }

    private Set<Orders.Key> firsts(List<Passed> passed, Map<Integer, List<Plan>> byOrders) {
        List<Orders.Key> asked = passed.stream()
                .map(one -> Orders.Key.of(one.order()))
                .filter(key -> byOrders.getOrDefault(key.merchantId(), List.of()).stream()
                        .anyMatch(plan -> ((OrderTrigger) plan.definition().trigger()).first()))
                .toList();
        return asked.isEmpty() ? Set.of() : orders.firsts(asked);
    }
}
