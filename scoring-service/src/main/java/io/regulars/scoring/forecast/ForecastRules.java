package io.regulars.scoring.forecast;

import java.util.function.BiConsumer;

/// When to remind, and when a cycle counts as learned: what a merchant edits.
///
/// @param opensAt part of the cycle after which the reminder window opens; with 0.75 and 0.9, a product that
///     lasts 20 days is reminded of on day 15 to 18
/// @param learnFrom least number of customers who bought again before a cycle is learned from them
/// @param learnShare least share of the buyers that they must be
public record ForecastRules(double opensAt, double closesAt, int learnFrom, double learnShare) {

    public static ForecastRules shipped() {
        return new ForecastRules(0.75, 0.9, 10, 0.2);
    }

    public void check(BiConsumer<String, String> fault) {
        if (!(opensAt > 0 && opensAt < 1)) {
            fault.accept("forecast.opensAt", "must be more than 0 and less than 1");
        }
        if (!(closesAt > opensAt && closesAt <= 1)) {
            fault.accept("forecast.closesAt", "must be more than opensAt and at most 1");
        }
        if (learnFrom < 1) {
            fault.accept("forecast.learnFrom", "must be at least 1");
        }
        if (!(learnShare >= 0 && learnShare <= 1)) {
            fault.accept("forecast.learnShare", "must be between 0 and 1");
        }
    }
}
