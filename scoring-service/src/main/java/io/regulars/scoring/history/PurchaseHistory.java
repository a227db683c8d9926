package io.regulars.scoring.history;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A customer's purchase days in order, each with what was bought and kept on it. Days count from 1970-01-01 in
/// the merchant's zone.
///
/// @param orders orders of the day that count
/// @param amounts minor units kept of them
/// @param promotions how many of them were big-promotion orders
/// @param promotionAmounts minor units kept of those
/// @param activity what the customer did besides
public record PurchaseHistory(
        long customerId,
        int[] days,
        int[] orders,
        long[] amounts,
        int[] promotions,
        long[] promotionAmounts,
        Activity activity) {

    /// Stands for "no day" wherever a day may be absent: later than all others.
    public static final int NEVER = Integer.MAX_VALUE;

    /// Without anything besides purchases, none of which was made in a promotion for another amount than nothing.
    public PurchaseHistory(long customerId, int[] days, int[] orders, long[] amounts, int[] promotions) {
        this(customerId, days, orders, amounts, promotions, new long[days.length], Activity.NONE);
    }

    public static PurchaseHistory none(long customerId) {
        return new PurchaseHistory(customerId, new int[0], new int[0], new long[0], new int[0]);
    }

    /// The same after these differences: a day on which no order counts any more is gone.
    PurchaseHistory moved(List<HistoryRows.Difference> differences) {
        var sums = new TreeMap<Integer, Sum>();
        for (var i = 0; i < days.length; i++) {
            sums.put(days[i], new Sum(orders[i], amounts[i], promotions[i], promotionAmounts[i]));
        }
        differences.forEach(by -> sums.merge(
                by.day(), new Sum(by.orders(), by.amount(), by.promotions(), by.promotionAmount()), Sum::plus));
        sums.values().removeIf(sum -> sum.orders() <= 0);
        return of(sums);
    }

    private PurchaseHistory of(SortedMap<Integer, Sum> sums) {
        return new PurchaseHistory(
                customerId,
                sums.keySet().stream().mapToInt(Integer::intValue).toArray(),
                sums.values().stream()
                        .mapToInt(sum -> Math.toIntExact(sum.orders()))
                        .toArray(),
                sums.values().stream().mapToLong(Sum::amount).toArray(),
                sums.values().stream()
                        .mapToInt(sum -> Math.toIntExact(sum.promotions()))
                        .toArray(),
                sums.values().stream().mapToLong(Sum::promotionAmount).toArray(),
                activity);
    }

    PurchaseHistory with(Activity other) {
        return new PurchaseHistory(customerId, days, orders, amounts, promotions, promotionAmounts, other);
    }

    /// The same with further orders on a day.
    public PurchaseHistory with(int day, long moreOrders, long amount) {
        return moved(List.of(new HistoryRows.Difference(customerId, day, moreOrders, amount, 0, 0)));
    }

    /// The same without what was bought in big promotions. Which categories those orders held is told from the rest
    /// by the day alone: on a day with other orders too, theirs count.
    public PurchaseHistory withoutPromotions() {
        if (Arrays.stream(promotions).allMatch(count -> count == 0)) {
            return this;
        }
        var sums = new TreeMap<Integer, Sum>();
        for (var i = 0; i < days.length; i++) {
            if (promotions[i] < orders[i]) {
                sums.put(days[i], new Sum(orders[i] - promotions[i], amounts[i] - promotionAmounts[i], 0, 0));
            }
        }
        return of(sums).with(activity.boughtOnly(sums::containsKey));
    }

    boolean same(PurchaseHistory other) {
        return Arrays.equals(days, other.days)
                && Arrays.equals(orders, other.orders)
                && Arrays.equals(amounts, other.amounts)
                && Arrays.equals(promotions, other.promotions)
                && Arrays.equals(promotionAmounts, other.promotionAmounts)
                && activity.same(other.activity);
    }

    /// What one day comes to.
    private record Sum(long orders, long amount, long promotions, long promotionAmount) {
        Sum plus(Sum other) {
            return new Sum(
                    orders + other.orders,
                    Math.addExact(amount, other.amount),
                    promotions + other.promotions,
                    promotionAmount + other.promotionAmount);
        }
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
