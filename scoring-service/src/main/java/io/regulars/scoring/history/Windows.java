package io.regulars.scoring.history;

import java.time.LocalDate;
import java.time.Period;

/// Windows over days: a purchase of day `d` lies in a window from `d` on and leaves it on `d + window`.
public final class Windows {

    private static final long LAST = LocalDate.of(9000, 1, 1).toEpochDay();

    private Windows() {}

    /// The first day on which a purchase of this day is no longer in the window; never, where there is no window.
    public static int leaves(int day, Period window) {
        return window == null ? PurchaseHistory.NEVER : plus(day, window);
    }

    public static int plus(int day, Period period) {
        if (period.toTotalMonths() == 0) {
            return (int) Math.min(LAST, (long) day + period.getDays());
        }
        return (int) Math.min(LAST, LocalDate.ofEpochDay(day).plus(period).toEpochDay());
    }

    /// Orders and amount of the purchases that lie in the window on a day.
    public record Kept(long orders, long amount) {}

    public static Kept kept(PurchaseHistory history, Period window, int day) {
        var orders = 0L;
        var amount = 0L;
        for (var i = history.known(day) - 1; i >= 0 && leaves(history.days()[i], window) > day; i--) {
            orders += history.orders()[i];
            amount += history.amounts()[i];
        }
        return new Kept(orders, amount);
    }

    /// The first day after `day` on which a purchase that lies in the window leaves it, or never.
    public static int nextLeave(PurchaseHistory history, Period window, int day) {
        var next = PurchaseHistory.NEVER;
        for (var i = history.known(day) - 1; i >= 0; i--) {
            var leaves = leaves(history.days()[i], window);
            if (leaves <= day) {
                break;
            }
            next = leaves;
        }
        return next;
    }
}
