package io.regulars.scoring.classes;

import java.math.BigDecimal;
import java.time.Period;
import java.util.function.BiConsumer;

/// Where the classes begin: what a merchant edits. A part that is left out is the shipped one.
///
/// @param amount kept in the window, in units of the merchant's currency
/// @param orderValue kept of an order on average, in the same
public record ClassRules(
        Frequency frequency, Amounts amount, Amounts orderValue, Interaction interaction, Satisfaction satisfaction) {

    /// @param high orders in the window from which a customer buys often
    public record Frequency(Period window, int high) {}

    /// @param high from which it is high
    /// @param low below which it is low
    public record Amounts(Period window, BigDecimal high, BigDecimal low) {}

    /// @param active within which one act makes a customer active
    /// @param occasional within which one makes them occasional; after that they are silent
    public record Interaction(Period active, Period occasional) {}

    /// Mean ratings of 100 from which a customer is very satisfied, satisfied, or no more than dissatisfied.
    public record Satisfaction(Period window, int verySatisfied, int satisfied, int dissatisfied) {}

    public ClassRules {
        frequency = frequency == null ? new Frequency(Period.ofDays(30), 3) : frequency;
        amount = amount == null ? amounts("10000", "500") : amount;
        orderValue = orderValue == null ? amounts("500", "100") : orderValue;
        interaction = interaction == null ? new Interaction(Period.ofDays(30), Period.ofDays(365)) : interaction;
        satisfaction = satisfaction == null ? new Satisfaction(Period.ofDays(365), 90, 75, 60) : satisfaction;
    }

    private static Amounts amounts(String high, String low) {
        return new Amounts(Period.ofDays(365), new BigDecimal(high), new BigDecimal(low));
    }

    public static ClassRules shipped() {
        return new ClassRules(null, null, null, null, null);
    }

    public void check(BiConsumer<String, String> fault) {
        period(fault, "classes.frequency.window", frequency.window());
        if (frequency.high() < 1) {
            fault.accept("classes.frequency.high", "must be at least 1");
        }
        amounts(fault, "classes.amount", amount);
        amounts(fault, "classes.orderValue", orderValue);
        period(fault, "classes.interaction.active", interaction.active());
        period(fault, "classes.interaction.occasional", interaction.occasional());
        period(fault, "classes.satisfaction.window", satisfaction.window());
        if (!(100 >= satisfaction.verySatisfied()
                && satisfaction.verySatisfied() > satisfaction.satisfied()
                && satisfaction.satisfied() > satisfaction.dissatisfied()
                && satisfaction.dissatisfied() >= 0)) {
            fault.accept(
                    "classes.satisfaction", "must fall from verySatisfied over satisfied to dissatisfied, 100 to 0");
        }
    }

    private static void period(BiConsumer<String, String> fault, String field, Period period) {
        if (period == null || period.isNegative() || period.isZero()) {
            fault.accept(field, "must be longer than nothing");
        }
    }

    private static void amounts(BiConsumer<String, String> fault, String field, Amounts amounts) {
        period(fault, field + ".window", amounts.window());
        if (amounts.high() == null || amounts.low() == null || amounts.low().signum() < 0) {
            fault.accept(field, "high and low are required and not negative");
        } else if (amounts.high().compareTo(amounts.low()) <= 0) {
            fault.accept(field + ".high", "must be more than low");
        }
    }
}
