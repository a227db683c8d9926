package io.regulars.scoring.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.regulars.kit.money.Money;
import io.regulars.scoring.Words;
import io.regulars.scoring.churn.Sign;
import io.regulars.scoring.forecast.ForecastView;
import io.regulars.scoring.group.CutPoints;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.tier.TierRules.Benefits;

/// One customer's score with all its reasons.
///
/// @param modelVersion the model that says so
/// @param nextReviewAt first instant at which anything of this could change by time alone
/// @param churn absent where there is nothing to warn of
/// @param interactions how often each kind was recorded
public record Explanation(
        String customerId,
        String externalId,
        Instant asOf,
        int modelVersion,
        TierPart tier,
        List<Dimension> dimensions,
        NextPart next,
        GroupPart group,
        StagePart stage,
        long frequency,
        Money monetary,
        LocalDate lastOrderDay,
        List<ForecastView> openWindows,
        Map<String, Long> interactions,
        ChurnPart churn,
        Instant nextReviewAt) {

    /// @param since absent where it was held from the beginning
    /// @param earned what today's points alone are worth
    /// @param fallsAt end of the grace period, absent while none runs
    /// @param pin by which the tier is held; absent where it is earned
    public record TierPart(
            String key,
            Words labels,
            int rank,
            Instant since,
            int points,
            String earned,
            Instant fallsAt,
            Benefits benefits,
            PinPart pin,
            Words reason) {}

    /// @param by who gave the tier by hand
    public record PinPart(Instant at, Instant until, String reason, String by) {

        static PinPart from(Pin pin) {
            return pin == null ? null : new PinPart(pin.at(), pin.until(), pin.reason(), pin.by());
        }
    }

    /// @param value days, orders, or an amount; absent where there is none
    public record Dimension(String name, BigDecimal value, int points, int weight) {}

    /// @param points how many points are missing today
    /// @param ways each enough by itself
    public record NextPart(String tier, Words labels, int points, List<WayPart> ways) {}

    /// @param orders further orders
    /// @param amount what they must add together at the least
    public record WayPart(long orders, Money amount, Words reason) {}

    /// @param key R F M, 1 for good; absent for who never bought, and while the shop has no cut-points
    public record GroupPart(
            String key,
            Words labels,
            Integer recencyDays,
            Long frequency,
            Money monetary,
            CutPointPart cutPoints,
            Words reason) {}

    /// @param monetary in units of the merchant's currency
    public record CutPointPart(BigDecimal recencyDays, BigDecimal frequency, BigDecimal monetary) {

        /// To four decimals, as people compare them.
        public static CutPointPart from(CutPoints cutPoints, int fractionDigits) {
            return cutPoints == null
                    ? null
                    : new CutPointPart(
                            decimals(BigDecimal.valueOf(cutPoints.recencyDays())),
                            decimals(BigDecimal.valueOf(cutPoints.frequency())),
                            decimals(BigDecimal.valueOf(cutPoints.monetary()).movePointLeft(fractionDigits)));
        }

        private static BigDecimal decimals(BigDecimal value) {
            return value.setScale(4, RoundingMode.HALF_UP);
        }
    }

    /// @param sleepAfterDays days without an order after which this shop's customers sleep
    /// @param degree of who is lost: `short` or, from `longLostAfterDays` on, `long`; else absent
    /// @param since as the orders stand now; absent for who never bought
    public record StagePart(
            String key,
            Words labels,
            int sleepAfterDays,
            int lostAfterDays,
            int longLostAfterDays,
            String degree,
            Instant since,
            Words reason) {}

    /// @param signs `frequency`, `amount`, `alive`: what warns that the customer is about to be lost
    /// @param since from when on some sign has held, without a break
    public record ChurnPart(Set<Sign> signs, Instant since, Words reason) {}
}
