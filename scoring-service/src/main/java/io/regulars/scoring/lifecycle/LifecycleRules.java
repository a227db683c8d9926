package io.regulars.scoring.lifecycle;

import java.time.Period;
import java.util.function.BiConsumer;

/// When a customer falls asleep, is lost, and is won back: what a merchant edits.
///
/// A customer sleeps from day `max(sleepAfterDays, sleepAfterCycles × cycle)` after the last order on, and is
/// lost after `lostAfter` times as long: for a short time at first, for a long one after `longLostAfter` times as
/// long as that. With the shipped numbers, and a cycle of a month or less, that is 30, 90 and 270 days.
///
/// @param newFor how long after the first order a customer is new
/// @param cycle which of the shop's two cycles is meant
/// @param fixedCycleDays the merchant's own cycle, instead of the learned one
/// @param wonBackFor how long a customer who was lost and ordered again is won back; as long as `newFor` where left
///     out
/// @param longLostAfter 3 where left out
public record LifecycleRules(
        Period newFor,
        int sleepAfterDays,
        double sleepAfterCycles,
        double lostAfter,
        CycleBasis cycle,
        Double fixedCycleDays,
        Period wonBackFor,
        Double longLostAfter) {

    private static final double SHIPPED_LONG_LOST_AFTER = 3;

    /// `customers`: the median of the customers' own medians, the rhythm of a typical customer. `pooled`: the
    /// median of all intervals, most of which the frequent buyers supply.
    public enum CycleBasis {
        customers,
        pooled
    }

    /// Rules that were written before these two were known leave them out.
    public LifecycleRules {
        wonBackFor = wonBackFor == null ? newFor : wonBackFor;
        longLostAfter = longLostAfter == null ? (Double) SHIPPED_LONG_LOST_AFTER : longLostAfter;
    }

    public static LifecycleRules shipped() {
        return new LifecycleRules(Period.ofMonths(3), 30, 1, 3, CycleBasis.customers, null, null, null);
    }

    public void check(BiConsumer<String, String> fault) {
        if (newFor == null || newFor.isNegative() || newFor.isZero()) {
            fault.accept("lifecycle.newFor", "must be longer than nothing");
        }
        if (sleepAfterDays < 1 || sleepAfterDays > 3650) {
            fault.accept("lifecycle.sleepAfterDays", "must be between 1 and 3650");
        }
        if (!(sleepAfterCycles >= 0 && sleepAfterCycles <= 100)) {
            fault.accept("lifecycle.sleepAfterCycles", "must be between 0 and 100");
        }
        if (!(lostAfter > 1 && lostAfter <= 100)) {
            fault.accept("lifecycle.lostAfter", "must be more than 1 and at most 100");
        }
        if (cycle == null) {
            fault.accept("lifecycle.cycle", "is required: customers or pooled");
        }
        if (fixedCycleDays != null && !(fixedCycleDays > 0 && fixedCycleDays <= 3650)) {
            fault.accept("lifecycle.fixedCycleDays", "must be more than 0 and at most 3650");
        }
        if (wonBackFor != null && (wonBackFor.isNegative() || wonBackFor.isZero())) {
            fault.accept("lifecycle.wonBackFor", "must be longer than nothing");
        }
        if (!(longLostAfter > 1 && longLostAfter <= 100)) {
            fault.accept("lifecycle.longLostAfter", "must be more than 1 and at most 100");
        }
    }
}
