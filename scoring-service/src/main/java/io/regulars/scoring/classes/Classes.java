package io.regulars.scoring.classes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Period;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.regulars.scoring.dimension.Acted;
import io.regulars.scoring.dimension.Dimension;
import io.regulars.scoring.dimension.Facts;
import io.regulars.scoring.dimension.Measure;
import io.regulars.scoring.dimension.Purchased;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// Says the classes of a customer on a day.
public final class Classes {

    private final ClassRules rules;
    private final Dimension orders;
    private final Dimension ordersEver;
    private final Dimension amount;
    private final Dimension orderValue;
    private final Dimension actsLately;
    private final Dimension acts;
    private final Dimension rating;
    private final int fractionDigits;

    /// @param fractionDigits of the merchant's currency
    public Classes(ClassRules rules, int fractionDigits) {
        this.rules = rules;
        this.fractionDigits = fractionDigits;
        orders = purchased(Purchased.Of.orders, rules.frequency().window());
        ordersEver = purchased(Purchased.Of.orders, null);
        amount = purchased(Purchased.Of.amount, rules.amount().window());
        orderValue = purchased(Purchased.Of.averageOrder, rules.orderValue().window());
        actsLately = acted(Measure.interaction, rules.interaction().active());
        acts = acted(Measure.interaction, rules.interaction().occasional());
        rating = acted(Measure.satisfaction, rules.satisfaction().window());
    }

    private static Dimension purchased(Purchased.Of of, Period window) {
        return new Purchased(of.name(), of, window, 1, null, 0);
    }

    private static Dimension acted(Measure of, Period window) {
        return new Acted(of, window, 1, null, 0);
    }

    /// The class of each name, in the order of the rules; a name is absent where nothing is known: who has no order in
    /// the window has no order value, who rated nothing is neither content nor not.
    public Map<String, String> on(Facts facts, int day) {
        var of = new LinkedHashMap<String, String>();
        of.put("frequency", frequency(facts, day));
        put(of, "amount", level(amount.value(facts, day), rules.amount(), "high", "middle", "low"));
        put(of, "orderValue", level(orderValue.value(facts, day), rules.orderValue(), "large", "middle", "small"));
        of.put("interaction", interaction(facts, day));
        put(of, "satisfaction", satisfaction(rating.value(facts, day)));
        return Collections.unmodifiableMap(of);
    }

    private static void put(Map<String, String> of, String name, String value) {
        if (value != null) {
            of.put(name, value);
        }
    }

    private String frequency(Facts facts, int day) {
        if (orders.value(facts, day) >= rules.frequency().high()) {
            return "high";
        }
        return switch ((int) Math.min(2, ordersEver.value(facts, day))) {
            case 0 -> "never";
            case 1 -> "one-time";
            default -> "low";
        };
    }

    private String level(double value, ClassRules.Amounts amounts, String high, String middle, String low) {
        if (Double.isNaN(value)) {
            return null;
        }
        if (value >= minor(amounts.high())) {
            return high;
        }
        return value < minor(amounts.low()) ? low : middle;
    }

    private double minor(BigDecimal major) {
        return major.movePointRight(fractionDigits)
                .setScale(0, RoundingMode.CEILING)
                .doubleValue();
    }

    private String interaction(Facts facts, int day) {
        if (actsLately.value(facts, day) >= 1) {
            return "active";
        }
        return acts.value(facts, day) >= 1 ? "occasional" : "silent";
    }

    private String satisfaction(double of) {
        if (Double.isNaN(of)) {
            return null;
        }
        if (of >= rules.satisfaction().verySatisfied()) {
            return "very-satisfied";
        }
        if (of >= rules.satisfaction().satisfied()) {
            return "satisfied";
        }
        return of >= rules.satisfaction().dissatisfied() ? "dissatisfied" : "very-dissatisfied";
    }

    /// The first later day on which a class could be another by time alone, or never.
    public int changesOn(Facts facts, int today) {
        var now = on(facts, today);
        var day = mayChangeOn(facts, today);
        while (day != NEVER && on(facts, day).equals(now)) {
            day = mayChangeOn(facts, day);
        }
        return day;
    }

    private int mayChangeOn(Facts facts, int day) {
        return List.of(orders, amount, orderValue, actsLately, acts, rating).stream()
                .mapToInt(dimension -> dimension.changesOn(facts, day))
                .min()
                .orElse(NEVER);
    }
}
