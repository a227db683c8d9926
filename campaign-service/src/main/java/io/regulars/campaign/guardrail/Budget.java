package io.regulars.campaign.guardrail;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/// How much may be used of something in a period.
///
/// @param most messages, or millionths of the merchant's currency, of coupons too
public record Budget(Kind kind, Per per, long most) {

    /// What is limited.
    public enum Kind {
        MESSAGES,
        MONEY,
        /// What codes may cost that are issued and not used: what stands, whenever it was issued.
        COUPONS
    }

    /// By the merchant's calendar; weeks begin on Monday.
    public enum Per {
        DAY,
        WEEK,
        MONTH,
        YEAR,
        /// Without a period.
        ALL;

        LocalDate start(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                case YEAR -> day.withDayOfYear(1);
                case ALL -> LocalDate.EPOCH;
            };
        }

        /// Null where none follows.
        LocalDate next(LocalDate start) {
            return switch (this) {
                case DAY -> start.plusDays(1);
                case WEEK -> start.plusWeeks(1);
                case MONTH -> start.plusMonths(1);
                case YEAR -> start.plusYears(1);
                case ALL -> null;
            };
        }
    }
}
