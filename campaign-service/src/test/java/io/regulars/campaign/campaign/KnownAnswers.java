package io.regulars.campaign.campaign;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.regulars.campaign.audience.Customer;
import io.regulars.campaign.audience.Shop;
import io.regulars.campaign.guardrail.Settings;

/// Answers about one merchant's campaigns for everyone, from what a test knows.
public final class KnownAnswers {

    private KnownAnswers() {}

    public static Answers of(Collection<Plan> plans, Collection<Customer> customers, Shop shop, Settings settings) {
        return new Answers(
                plans.stream().collect(Collectors.toMap(KnownAnswers::key, Function.identity())),
                customers.stream().collect(Collectors.toMap(Customer::key, Function.identity())),
                Map.of(shop.merchantId(), shop),
                Map.of(shop.merchantId(), settings),
                Map.of(shop.merchantId(), Map.of()),
                Map.of(),
                Map.of(),
                Map.of());
    }

    public static Plan.Key key(Plan plan) {
        return new Plan.Key(plan.merchantId(), plan.campaignId(), plan.revision());
    }
}
