package io.regulars.scoring.dimension;

import java.time.Period;

import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Windows;

import static io.regulars.scoring.history.PurchaseHistory.NEVER;

/// A customer's history, summed up so that any window over it takes a search and no walk.
public final class Facts {

    private final PurchaseHistory history;
    private final long[] orders;
    private final long[] amounts;

    public Facts(PurchaseHistory history) {
        this.history = history;
        var days = history.days().length;
        orders = new long[days + 1];
        amounts = new long[days + 1];
        for (var i = 0; i < days; i++) {
            orders[i + 1] = orders[i] + history.orders()[i];
            amounts[i + 1] = amounts[i] + history.amounts()[i];
        }
    }

    public PurchaseHistory history() {
        return history;
    }

    /// The purchase days `[from, to)` that lie in a window on a day.
    public record Span(int from, int to) {
        public int days() {
            return to - from;
        }
    }

    /// @param window null for all of the history
    public Span in(Period window, int day) {
        var known = history.known(day);
        return new Span(window == null ? 0 : firstIn(window, day, known), known);
    }

    private int firstIn(Period window, int day, int known) {
        var low = 0;
        var high = known;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (Windows.leaves(history.days()[middle], window) > day) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    public long orders(Span span) {
        return orders[span.to()] - orders[span.from()];
    }

    public long amount(Span span) {
        return amounts[span.to()] - amounts[span.from()];
    }

    /// The first later day on which a purchase enters or leaves the window, or never.
    public int changesOn(Period window, int day) {
        var span = in(window, day);
        var enters = span.to() < history.days().length ? history.days()[span.to()] : NEVER;
        var leaves = span.days() == 0 ? NEVER : Windows.leaves(history.days()[span.from()], window);
        return Math.min(enters, leaves);
    }

    /// The first day of which anything is known, or never.
    public int firstDay() {
        var bought = history.days().length == 0 ? NEVER : history.days()[0];
        var acted =
                history.activity().actDays() == 0 ? NEVER : history.activity().actDay(0);
        return Math.min(bought, acted);
    }
}
