package io.regulars.campaign.campaign;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.Audiences;
import io.regulars.campaign.audience.Shops;
import io.regulars.campaign.campaign.Ending.Goal;
import io.regulars.campaign.campaign.Ending.Holds;
import io.regulars.campaign.campaign.Ending.Ordered;
import io.regulars.kit.money.Money;
import org.jdbi.v3.core.Jdbi;

/// Asks which journeys are over before their last step: the goal is reached, or the exit condition holds. A
/// query for each campaign of a batch that names one, however many its customers are.
@ApplicationScoped
class Endings {

    private record Entry(long customerId, String occurrence) {}

    /// Those who placed such an order after they were enrolled. Who is not enrolled yet reached nothing.
    private static final String ORDERED = """
            select e.customer_id, e.occurrence from enrolment e
            where e.merchant_id = :merchant and e.campaign_id = :campaign and e.customer_id = any(:customers)
              and exists (select from purchase_order o
                where o.merchant_id = e.merchant_id and o.customer_id = e.customer_id
                  and o.placed_at > e.enrolled_at and o.kept >= :least
                  and (:any or exists (select from purchase p
                    where p.merchant_id = o.merchant_id and p.customer_id = o.customer_id and p.order_id = o.order_id
                      and (p.product_code = any(:products) or p.category = any(:categories)))))
            """;

    private final Jdbi jdbi;
    private final Audiences audiences;
    private final Shops shops;

    Endings(Jdbi jdbi, Audiences audiences, Shops shops) {
        this.jdbi = jdbi;
        this.audiences = audiences;
        this.shops = shops;
    }

    /// Why, of those questions whose journey is over.
    Map<Question, Obstacle> of(Collection<Question> questions, Map<Plan.Key, Plan> plans) {
        Map<Question, Obstacle> ended = new HashMap<>();
        questions.stream().collect(Collectors.groupingBy(Question::campaign)).forEach((key, asked) -> {
            Ending ending = plans.get(key).definition().ending();
            if (!ending.none()) {
                exited(key, ending, asked, ended);
                reached(key, ending.goal(), asked, ended);
            }
        });
        return ended;
    }

    private void exited(Plan.Key key, Ending ending, List<Question> asked, Map<Question, Obstacle> ended) {
        if (ending.exitWhen() == null) {
            return;
        }
        Set<Long> out = audiences.among(key.merchantId(), ending.exitWhen(), customers(asked));
        asked.stream()
                .filter(question -> out.contains(question.customer().customerId()))
                .forEach(question -> ended.put(question, Obstacle.ended("the exit condition holds")));
    }

    private void reached(Plan.Key key, Goal goal, List<Question> asked, Map<Question, Obstacle> ended) {
        switch (goal) {
            case null -> {
                // its steps alone end it
            }
            case Holds(var condition) -> {
                Set<Long> there = audiences.among(key.merchantId(), condition, customers(asked));
                asked.stream()
                        .filter(question -> there.contains(question.customer().customerId()))
                        .forEach(question -> ended.put(question, reached("its condition holds")));
            }
            case Ordered ordered -> {
                Set<Entry> there = ordered(key, ordered, customers(asked));
                asked.stream()
                        .filter(question ->
                                there.contains(new Entry(question.customer().customerId(), question.occurrence())))
                        .forEach(question -> ended.put(question, reached("an order was placed")));
            }
        }
    }

    private static Obstacle reached(String how) {
        return new Obstacle(Obstacle.Kind.REACHED, "the goal is reached: " + how);
    }

    private Set<Entry> ordered(Plan.Key key, Ordered goal, List<Long> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(ORDERED)
                .bind("merchant", key.merchantId())
                .bind("campaign", key.campaignId())
                .bindArray("customers", Long.class, customers)
                .bind("least", minor(key.merchantId(), goal.least()))
                .bind("any", goal.products().isEmpty() && goal.categories().isEmpty())
                .bindArray("products", String.class, goal.products())
                .bindArray("categories", String.class, goal.categories())
                .map((row, context) -> new Entry(row.getLong(1), row.getString(2)))
                .set());
    }

    /// Finer amounts than the currency has are rounded up: the order must be worth that much.
    private long minor(int merchant, BigDecimal amount) {
        if (amount == null) {
            return 0;
        }
        String currency = shops.find(merchant).currency();
        return Money.minor(amount.setScale(Money.digits(currency), RoundingMode.CEILING), currency);
    }

    private static List<Long> customers(List<Question> asked) {
        return new ArrayList<>(
                asked.stream().map(question -> question.customer().customerId()).collect(Collectors.toSet()));
    }
}
