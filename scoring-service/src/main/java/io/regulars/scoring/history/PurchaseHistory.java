package io.regulars.scoring.history;

import java.util.Arrays;

/// A customer's purchase days in order, each with what was bought and kept on it. Days count from 1970-01-01 in
/// the merchant's zone.
///
/// @param orders orders of the day that count
/// @param amounts minor units kept of them
/// @param promotions how many of them were big-promotion orders
public record PurchaseHistory(long customerId, int[] days, int[] orders, long[] amounts, int[] promotions) {

    /// Stands for "no day" wherever a day may be absent: later than all others.
    public static final int NEVER = Integer.MAX_VALUE;

    public static PurchaseHistory none(long customerId) {
        return new PurchaseHistory(customerId, new int[0], new int[0], new long[0], new int[0]);
    }

    /// How many purchase days lie on or before the day: what had been bought by then is `[0, known)`.
    public int known(int day) {
        var found = Arrays.binarySearch(days, day);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// The first purchase day after the day, or [#NEVER].
    public int nextAfter(int day) {
        var known = known(day);
        return known < days.length ? days[known] : NEVER;
    }

    /// Whether everything bought on the i-th day was bought in a big promotion.
    public boolean promotionOnly(int i) {
        return promotions[i] >= orders[i];
    }
}
