package io.regulars.scoring.churn;

import java.util.function.BiConsumer;

/// When a customer who still buys is warned of: what a merchant edits. A share or a probability of 0 leaves its sign
/// out.
///
/// Orders and amounts of the last so many days are set against those of as many days before. The period is
/// `max(days, cycles × cycle)`, so that a shop whose customers come twice a year does not warn between two orders.
///
/// @param cycles how many of the shop's purchase cycles the period lasts at the least
/// @param leastOrders how many orders the period before must hold, for fewer of them to mean something
/// @param frequencyShare orders have fallen where they are at most this share of those before
/// @param amountShare likewise what was kept of them
/// @param aliveBelow the probability of being alive, by the shop's BG/NBD fit, below which there is a warning
public record ChurnRules(
        int days, double cycles, int leastOrders, double frequencyShare, double amountShare, double aliveBelow) {

    public static ChurnRules shipped() {
        return new ChurnRules(60, 2, 2, 0.5, 0.5, 0.5);
    }

    public void check(BiConsumer<String, String> fault) {
        if (days < 1 || days > 3650) {
            fault.accept("churn.days", "must be between 1 and 3650");
        }
        if (!(cycles >= 0 && cycles <= 100)) {
            fault.accept("churn.cycles", "must be between 0 and 100");
        }
        if (leastOrders < 1 || leastOrders > 1_000_000) {
            fault.accept("churn.leastOrders", "must be between 1 and 1000000");
        }
        share("churn.frequencyShare", frequencyShare, fault);
        share("churn.amountShare", amountShare, fault);
        share("churn.aliveBelow", aliveBelow, fault);
    }

    private static void share(String field, double share, BiConsumer<String, String> fault) {
        if (!(share >= 0 && share < 1)) {
            fault.accept(field, "must be at least 0 and less than 1; 0 leaves the sign out");
        }
    }
}
