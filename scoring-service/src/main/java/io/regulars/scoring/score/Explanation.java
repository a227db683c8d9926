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
import io.regulars.scoring.group.Quintiles;
import io.regulars.scoring.history.Pin;
import io.regulars.scoring.tier.TierRules.Benefits;

/// One customer's score with all its reasons.
///
/// @param modelVersion the model that says so
/// @param nextReviewAt first instant at which anything of this could change by time alone
/// @param classes the class of each name that is known: how often, for how much, how big an order, how active, how
///     content
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
        Map<String, String> classes,
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

    /// @param value in the dimension's own unit, amounts in the merchant's currency; absent where there is none
    /// @param points of its bin; the tier's points are the sum of points times weight
    /// @param withoutData whether the points are those of who has no value
    public record Dimension(String name, BigDecimal value, int points, int weight, boolean withoutData) {}

    /// @param points how many points are missing today
    /// @param ways each enough by itself
    public record NextPart(String tier, Words labels, int points, List<WayPart> ways) {}

    /// @param orders further orders
    /// @param amount what they must add together at the least
    /// @param before when as much would no longer do, because earlier purchases count no longer; absent where
    ///     that is more than a year away
    public record WayPart(long orders, Money amount, Instant before, Words reason) {}

    /// @param key R F M, 1 for good, or the name of a segment; absent for who never bought, and while the shop has no
    ///     cut-points
    /// @param scores 1 to 5 each, where the shop splits by quintiles
    public record GroupPart(
            String key,
            Words labels,
            Integer recencyDays,
            Long frequency,
            Money monetary,
            CutPointPart cutPoints,
            Quintiles.Scores scores,
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
