package io.regulars.scoring.outlook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

import io.regulars.kit.id.PublicId;
import io.regulars.scoring.lifetime.Fitted;
import io.regulars.scoring.lifetime.Tracking;

/// A fit as callers see it. Figures to seven significant digits.
///
/// @param reason `requested`, or `calibration` for those that follow one
/// @param basis `shop`: fitted on this shop; `shops`: the middle of others with the same currency, since this
///     one has too few buyers
/// @param asOf what was bought later was not learned from; absent for the instant of the fit
/// @param problem why it failed; the fit before stays in use
/// @param buyers customers who had bought
/// @param repeatBuyers those of them who had bought on another day too
public record FitView(
        String id,
        String state,
        String reason,
        String basis,
        Instant asOf,
        Instant requestedAt,
        Instant startedAt,
        Instant finishedAt,
        String problem,
        Long buyers,
        Long repeatBuyers,
        Purchases purchases,
        Spending spending,
        Later later,
        List<Week> weeks) {

    static final String PREFIX = "fit";
    private static final MathContext DIGITS = new MathContext(7);

    /// BG/NBD: purchases a week are gamma distributed with shape `r` and rate `alpha`, the probability to be
    /// gone after a purchase is beta distributed with `a` and `b`. Time in weeks, in the likelihood too.
    public record Purchases(BigDecimal r, BigDecimal alpha, BigDecimal a, BigDecimal b, BigDecimal logLikelihood) {}

    /// Gamma-Gamma, amounts in units of the merchant's currency.
    ///
    /// @param buyers who spent something on purchases after their first
    public record Spending(BigDecimal p, BigDecimal q, BigDecimal v, BigDecimal logLikelihood, long buyers) {}

    /// Purchases after `asOf`, which the model had not seen.
    public record Later(int days, BigDecimal expected, long actual) {}

    /// Repeat purchases from the beginning to the end of a week, of the customers whom the model was fitted on.
    ///
    /// @param learned whether the model had seen the week
    public record Week(LocalDate endsOn, BigDecimal expected, long actual, boolean learned) {}

    /// @param weeks whether they are shown too
    static FitView from(Fit fit, boolean weeks) {
        var fitted = fit.fitted();
        return new FitView(
                PublicId.format(PREFIX, fit.id()),
                fit.state(),
                fit.reason(),
                fit.basis(),
                fit.asOf(),
                fit.requestedAt(),
                fit.startedAt(),
                fit.finishedAt(),
                fit.problem(),
                fitted == null ? null : fitted.buyers(),
                fitted == null ? null : fitted.repeatBuyers(),
                fitted == null ? null : purchases(fitted.purchases()),
                fitted == null || fitted.spending() == null ? null : spending(fitted.spending()),
                fitted == null || fitted.later() == null ? null : later(fitted.later()),
                fitted == null || !weeks ? null : weeks(fitted.tracking()));
    }

    private static Purchases purchases(Fitted.Purchases fitted) {
        var model = fitted.model();
        return new Purchases(
                digits(model.r()),
                digits(model.alpha()),
                digits(model.a()),
                digits(model.b()),
                digits(fitted.logLikelihood()));
    }

    private static Spending spending(Fitted.Spent fitted) {
        var model = fitted.model();
        return new Spending(
                digits(model.p()),
                digits(model.q()),
                digits(model.v()),
                digits(fitted.logLikelihood()),
                fitted.buyers());
    }

    private static Later later(Fitted.Later later) {
        return new Later(later.days(), digits(later.expected()), later.actual());
    }

    private static List<Week> weeks(Tracking tracking) {
        return IntStream.range(0, tracking.expected().length)
                .mapToObj(week -> new Week(
                        LocalDate.ofEpochDay(tracking.firstDay() + 7L * week + 6),
                        digits(tracking.expected()[week]),
                        Math.round(tracking.actual()[week]),
                        week < tracking.learnedWeeks()))
                .toList();
    }

    private static BigDecimal digits(double value) {
        return BigDecimal.valueOf(value).round(DIGITS);
    }
}
