package io.regulars.campaign.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Plan;
import io.regulars.campaign.campaign.Plans;
import io.regulars.events.ScoreChanged.RepurchaseWindow;

/// Says why a campaign has not enrolled a customer, seen from now.
@ApplicationScoped
class Decisions {

    private final Plans plans;
    private final Customers customers;
    private final Audiences audiences;
    private final Shops shops;

    Decisions(Plans plans, Customers customers, Audiences audiences, Shops shops) {
        this.plans = plans;
        this.customers = customers;
        this.audiences = audiences;
        this.shops = shops;
    }

    /// Every reason there is, the most telling first.
    List<String> whyNotEnrolled(int merchant, long customerId, long campaignId) {
        Plan plan = plans.current(merchant, campaignId).orElseThrow();
        Customer customer =
                customers.load(new CustomerKey(merchant, customerId)).orElseThrow();
        List<String> reasons = new ArrayList<>();
        if (!plan.active()) {
            reasons.add("the campaign is " + plan.state());
        }
        if (customer.erased()) {
            reasons.add("the customer is erased");
        }
        boolean audienceHolds = audiences
                .among(merchant, plan.definition().audience(), List.of(customerId))
                .contains(customerId);
        if (!audienceHolds) {
            audiences.explain(merchant, plan.definition().audience(), customerId).stream()
                    .filter(checked -> !checked.holds())
                    .forEach(checked -> reasons.add("the audience condition does not hold: "
                            + checked.leaf().describe()));
        }
        if (audienceHolds || reasons.isEmpty()) {
            reasons.addAll(trigger(plan, customer));
        }
        return reasons;
    }

    private List<String> trigger(Plan plan, Customer customer) {
        var trigger = plan.definition().trigger();
        Map<String, String> categories = shops.categories(
                plan.merchantId(),
                customer.standing().windows().stream()
                        .map(RepurchaseWindow::productCode)
                        .toList());
        if (trigger.causes(customer.standing(), categories).isEmpty()) {
            return List.of(
                    "the trigger " + trigger.type() + " never happened: " + trigger.absence(customer.standing()));
        }
        return List.of(
                "the trigger " + trigger.type() + " gives cause now, and did not since the campaign was activated");
    }
}
