package io.regulars.campaign.guardrail;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// The share of a merchant's customers whom no campaign writes to.
///
/// @param salt decides with the merchant who they are; another one leaves others alone
/// @param rotation null where they stay the same for ever
public record GlobalHoldout(BigDecimal percent, String salt, Rotation rotation) {

    public static final String REASON = "global holdout";

    /// How long the same customers are left alone, by the merchant's calendar.
    public enum Rotation {
        MONTH,
        QUARTER,
        YEAR;

        private String label(LocalDate day) {
            return switch (this) {
                case MONTH -> day.getYear() + "-" + day.getMonthValue();
                case QUARTER -> day.getYear() + "-q" + ((day.getMonthValue() + 2) / 3);
                case YEAR -> String.valueOf(day.getYear());
            };
        }
    }

    public boolean holdsOut(int merchant, long customer, Instant now, ZoneId zone) {
        return Holdout.holdsOut(saltAt(merchant, now, zone), customer, percent);
    }

    /// What the customers are drawn by at this instant; the same as in SQL.
    String saltAt(int merchant, Instant now, ZoneId zone) {
        String period = rotation == null ? "" : ":" + rotation.label(LocalDate.ofInstant(now, zone));
        return "global:" + merchant + ":" + salt + period;
    }
}
