package io.regulars.scoring.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

import io.regulars.scoring.history.PurchaseHistory;

/// Customers by the period of their first purchase, and what they bought in it and in each one after it.
final class Cohorts {

    /// A piece of the calendar, numbered through all years. Weeks begin on Monday, as in ISO 8601.
    enum By {
        week,
        month,
        quarter;

        /// 1970-01-05, on which the numbered weeks begin.
        private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);

        int of(LocalDate day) {
            return switch (this) {
                case week -> (int) Math.floorDiv(ChronoUnit.DAYS.between(MONDAY, day), 7L);
                case month -> 12 * day.getYear() + day.getMonthValue() - 1;
                case quarter -> 4 * day.getYear() + (day.getMonthValue() - 1) / 3;
            };
        }

        LocalDate start(int period) {
            return switch (this) {
                case week -> MONDAY.plusWeeks(period);
                case month -> LocalDate.of(Math.floorDiv(period, 12), Math.floorMod(period, 12) + 1, 1);
                case quarter -> LocalDate.of(Math.floorDiv(period, 4), 3 * Math.floorMod(period, 4) + 1, 1);
            };
        }
    }

    private final By by;
    private final int first;
    private final int today;
    private final long[] sizes;
    private final long[][] buyers;
    private final long[][] sales;

    /// @param first the first cohort's period, `last` the last one's
    /// @param today what lies later is not looked at
    /// @param most periods of a cohort, its own one included
    Cohorts(By by, int first, int last, LocalDate today, int most) {
        this.by = by;
        this.first = first;
        this.today = (int) today.toEpochDay();
        sizes = new long[last - first + 1];
        buyers = new long[sizes.length][];
        sales = new long[sizes.length][];
        for (var i = 0; i < sizes.length; i++) {
            var periods = Math.clamp(by.of(today) - (first + i) + 1L, 0, most);
            buyers[i] = new long[periods];
            sales[i] = new long[periods];
        }
    }

    void add(PurchaseHistory history) {
        var known = history.known(today);
        if (known == 0) {
            return;
        }
        var cohort = period(history, 0);
        if (cohort < first || cohort >= first + sizes.length) {
            return;
        }
        var at = cohort - first;
        sizes[at]++;
        var counted = -1;
        for (var i = 0; i < known; i++) {
            var later = period(history, i) - cohort;
            if (later >= buyers[at].length) {
                break;
            }
            if (later != counted) {
                buyers[at][later]++;
                counted = later;
            }
            sales[at][later] = Math.addExact(sales[at][later], history.amounts()[i]);
        }
    }

    private int period(PurchaseHistory history, int i) {
        return by.of(LocalDate.ofEpochDay(history.days()[i]));
    }

    int count() {
        return sizes.length;
    }

    /// The first day of the cohort's n-th period, 0 being its own.
    LocalDate start(int cohort, int n) {
        return by.start(first + cohort + n);
    }

    /// Whether the period ended before today.
    boolean over(int cohort, int n) {
        return start(cohort, n + 1).toEpochDay() <= today;
    }

    /// How many periods of the cohort have begun.
    int periods(int cohort) {
        return buyers[cohort].length;
    }

    long size(int cohort) {
        return sizes[cohort];
    }

    /// Who bought in the cohort's n-th period.
    long buyers(int cohort, int n) {
        return buyers[cohort][n];
    }

    /// Minor units that they kept of it.
    long sales(int cohort, int n) {
        return sales[cohort][n];
    }
}
