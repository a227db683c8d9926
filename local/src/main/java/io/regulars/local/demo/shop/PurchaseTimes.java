package io.regulars.local.demo.shop;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// When a customer buys: the BG/NBD process of Fader, Hardie and Lee (2005), bent by what runs out and by promotions.
///
/// While with the shop a customer buys at exponential intervals; after each repeat purchase the customer leaves for
/// good by chance. An interval that would end near the run-out of what was bought last ends there; and on a big
/// promotion day a customer who is still with the shop may buy out of turn.
final class PurchaseTimes {

    /// The chance that a customer buys out of turn on a promotion day, for each unit of its pull.
    private static final double PROMOTION_PULL = 0.018;

    /// Shoppers by the hour of the day, midnight first: a lunch-break peak and a long evening.
    private static final Weighted<Integer> HOURS =
            hours(2, 1, 0.6, 0.4, 0.4, 0.7, 2, 3.5, 5, 7, 8, 7.5, 7, 6.5, 6.5, 6.5, 6, 5.5, 5.5, 7, 9, 10, 8.5, 5);

    private PurchaseTimes() {}

    /// The purchases of a customer from the first to the day `until`, in order, at most one a day.
    static List<LocalDateTime> draw(
            Draws draws, Habits habits, LocalDate first, LocalDate until, Promotions promotions) {
        var days = new ArrayList<LocalDate>();
        days.add(first);
        var day = first;
        var leaves = false;
        while (!leaves) {
            var next = day.plusDays(interval(draws, habits, day));
            promoted(draws, day, next.isAfter(until) ? until.plusDays(1) : next, promotions, days);
            if (next.isAfter(until)) {
                break;
            }
            days.add(next);
            day = next;
            leaves = draws.chance(habits.dropout());
        }
        return days.stream().map(at -> at.atTime(time(draws))).toList();
    }

    static LocalTime time(Draws draws) {
        return LocalTime.of(HOURS.draw(draws), draws.below(60), draws.below(60));
    }

    private static long interval(Draws draws, Habits habits, LocalDate day) {
        var drawn = Math.max(1, draws.exponential(habits.dailyRate()));
        var runsOut = lasts(habits, day);
        if (drawn > 0.4 * runsOut && drawn < 2 * runsOut) {
            // Reordered a little before it is used up, rarely after.
            drawn = Math.max(2, draws.normal(runsOut - 2, 0.12 * runsOut));
        }
        return (long) Math.min(Math.ceil(drawn), 10_000);
    }

    /// How many days the foremost staple lasts, in the quantity this customer stocks up with.
    private static double lasts(Habits habits, LocalDate day) {
        return stock(habits, day)
                * habits.staple(habits.staples().getFirst(), day).lastsDays();
    }

    /// Who comes seldom takes more at a time.
    static int stock(Habits habits, LocalDate day) {
        var product = habits.staple(habits.staples().getFirst(), day);
        return (int) Math.clamp(0.6 / habits.dailyRate() / product.lastsDays(), 1.0, 6.0);
    }

    private static void promoted(
            Draws draws, LocalDate from, LocalDate to, Promotions promotions, List<LocalDate> days) {
        promotions.between(from, to).forEach((promotion, pull) -> {
            if (ChronoUnit.DAYS.between(from, promotion) < 200 && draws.chance(PROMOTION_PULL * pull)) {
                days.add(promotion);
            }
        });
    }

    private static Weighted<Integer> hours(double... shares) {
        var hours = IntStream.range(0, 24).boxed().toList();
        return new Weighted<>(hours, hour -> shares[hour]);
    }
}
