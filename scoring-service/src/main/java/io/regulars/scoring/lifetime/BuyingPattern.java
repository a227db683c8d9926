package io.regulars.scoring.lifetime;

import io.regulars.scoring.history.PurchaseHistory;

/// All that the BG/NBD model asks of a customer's purchases. Several orders of one day are one purchase.
///
/// @param repeats purchases after the first one: x in the literature
/// @param lastDay days from the first purchase to the last, 0 without repeats: t_x
/// @param age days from the first purchase to today: T
public record BuyingPattern(int repeats, int lastDay, int age) {

    public BuyingPattern {
        if (repeats < 0 || lastDay < 0 || lastDay > age || (repeats == 0) != (lastDay == 0)) {
            throw new IllegalArgumentException("no buying pattern: x=%d t_x=%d T=%d".formatted(repeats, lastDay, age));
        }
    }

    /// @return null for who never bought by that day
    public static BuyingPattern of(PurchaseHistory history, int today) {
        int known = history.known(today);
        if (known == 0) {
            return null;
        }
        int first = history.days()[0];
        return new BuyingPattern(known - 1, history.days()[known - 1] - first, today - first);
    }

    /// Minor units kept of the purchases after the first one.
    ///
    /// @param known how many of the purchase days are looked at
    public static long spentOnRepeats(PurchaseHistory history, int known) {
        long spent = 0;
        for (int i = 1; i < known; i++) {
            spent += history.amounts()[i];
        }
        return spent;
    }
}
