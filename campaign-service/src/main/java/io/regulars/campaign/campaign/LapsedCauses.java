package io.regulars.campaign.campaign;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.campaign.audience.CustomerKey;
import io.regulars.campaign.coupon.Reminders;
import io.regulars.campaign.occasion.Carts;
import io.regulars.campaign.occasion.Orders;

/// Which causes are gone of those that no standing shows: an order that was given back, a cart that was ordered after
/// all, a code that was used.
@ApplicationScoped
class LapsedCauses {

    private final Orders orders;
    private final Carts carts;
    private final Reminders reminders;

    LapsedCauses(Orders orders, Carts carts, Reminders reminders) {
        this.orders = orders;
        this.carts = carts;
        this.reminders = reminders;
    }

    /// Why, for those of the questions whose cause is gone.
    Map<Question, String> of(Collection<Question> questions, Map<Plan.Key, Plan> plans) {
        Map<Question, String> gone = new HashMap<>();
        List<Question> asked = questions.stream().distinct().toList();
        orders(about(asked, plans, OrderTrigger.class), plans, gone);
        carts(about(asked, plans, CartTrigger.class), gone);
        codes(about(asked, plans, DayTrigger.CouponExpiring.class), gone);
        return gone;
    }

    private void orders(List<Question> asked, Map<Plan.Key, Plan> plans, Map<Question, String> gone) {
        if (asked.isEmpty()) {
            return;
        }
        Map<Question, Orders.Key> keys = asked.stream().collect(Collectors.toMap(Function.identity(), question -> {
            CustomerKey customer = question.customer();
            return new Orders.Key(
                    customer.merchantId(), customer.customerId(), OrderTrigger.orderOf(question.occurrence()));
        }));
        var held = orders.held(Set.copyOf(keys.values()));
        keys.forEach((question, key) -> {
            var trigger =
                    (OrderTrigger) plans.get(question.campaign()).definition().trigger();
            trigger.lapse(held.get(key)).ifPresent(why -> gone.put(question, why));
        });
    }

    private void carts(List<Question> asked, Map<Question, String> gone) {
        if (asked.isEmpty()) {
            return;
        }
        Map<Question, Carts.State> states = asked.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        question -> CartTrigger.stateOf(question.customer(), question.occurrence())));
        var ended = carts.ended(Set.copyOf(states.values()));
        states.forEach((question, state) -> {
            if (ended.containsKey(state)) {
                gone.put(question, ended.get(state));
            }
        });
    }

    private void codes(List<Question> asked, Map<Question, String> gone) {
        if (asked.isEmpty()) {
            return;
        }
        Map<Question, Reminders.Key> keys = asked.stream()
                .collect(Collectors.toMap(
                        Function.identity(), question -> Reminders.keyOf(question.customer(), question.occurrence())));
        var over = reminders.over(Set.copyOf(keys.values()));
        keys.forEach((question, key) -> {
            if (over.containsKey(key)) {
                gone.put(question, over.get(key));
            }
        });
    }

    private static List<Question> about(
            List<Question> asked, Map<Plan.Key, Plan> plans, Class<? extends Trigger> kind) {
        return asked.stream()
                .filter(question -> kind.isInstance(
                        plans.get(question.campaign()).definition().trigger()))
                .toList();
    }
}
