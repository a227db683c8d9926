package io.regulars.campaign.occasion;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;

/// Days that come back each year, written as a number of month and day: 229 is 29 February.
public final class YearlyDays {

    private static final int LEAP_DAY = 229;

    private YearlyDays() {}

    public static int of(LocalDate day) {
        return day.getMonthValue() * 100 + day.getDayOfMonth();
    }

    /// What is kept on this day. In a common year 29 February is kept on the 28th, or on 1 March.
    public static List<Integer> keptOn(LocalDate day, boolean leapDayOnFirstOfMarch) {
        boolean standsIn = !day.isLeapYear()
                && day.equals(
                        leapDayOnFirstOfMarch
                                ? LocalDate.of(day.getYear(), Month.MARCH, 1)
                                : LocalDate.of(day.getYear(), Month.FEBRUARY, 28));
        return standsIn ? List.of(of(day), LEAP_DAY) : List.of(of(day));
    }
}
