package io.regulars.scoring.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When one customer needs one product again.
///
/// @param causeOrderId the last order that holds it: with the product it names the window
/// @param opensAt first instant of the reminder window
/// @param closesAt its end, exclusive
/// @param confidence how surely the cycle is known; null for the merchant's word
public record Forecast(
        String productCode,
        String productName,
        long causeOrderId,
        Instant boughtAt,
        Instant runsOutAt,
        Instant opensAt,
        Instant closesAt,
        Cycle.Basis basis,
        double cycleDays,
        Confidence confidence) {

    static final double LONGEST_DAYS = 3650;

    /// Units kept of the product in one order.
    public record Purchase(long orderId, Instant at, long quantity) {}

    public boolean openAt(Instant instant) {
        return !instant.isBefore(opensAt) && instant.isBefore(closesAt);
    }

    /// @param purchases of one product, the earliest first
    /// @param cycle what is known of the product or its category, or null: then only the customer's own
    ///     intervals of it can tell
    public static Optional<Forecast> of(
            String code, String name, List<Purchase> purchases, Cycle cycle, ForecastRules rules) {
        return surest(purchases, cycle).map(used -> forecast(code, name, purchases, used, rules));
    }

    /// @param last purchase of the product
    /// @param cycle not per unit
    static Forecast of(String code, String name, Purchase last, Cycle cycle, ForecastRules rules) {
        return forecast(code, name, List.of(last), cycle, rules);
    }

    private static Optional<Cycle> surest(List<Purchase> purchases, Cycle cycle) {
        if (purchases.isEmpty()) {
            return Optional.empty();
        }
        return cycle != null && cycle.perUnit()
                ? Optional.of(cycle)
                : OwnCycle.of(purchases).or(() -> Optional.ofNullable(cycle));
    }

    private static Forecast forecast(
            String code, String name, List<Purchase> purchases, Cycle cycle, ForecastRules rules) {
        var last = purchases.getLast();
        var runsOut =
                cycle.perUnit() ? stockEnds(purchases, cycle.days()) : last.at().plus(days(cycle.days()));
        var lasts = Duration.between(last.at(), runsOut);
        return new Forecast(
                code,
                name,
                last.orderId(),
                last.at(),
                runsOut,
                last.at().plus(part(lasts, rules.opensAt())),
                last.at().plus(part(lasts, rules.closesAt())),
                cycle.basis(),
                lasts.toMillis() / 86_400_000.0,
                cycle.confidence());
    }

    /// What was left when more was bought is used up first.
    private static Instant stockEnds(List<Purchase> purchases, double daysPerUnit) {
        var ends = Instant.MIN;
        for (var purchase : purchases) {
            var from = ends.isAfter(purchase.at()) ? ends : purchase.at();
            ends = from.plus(days(Math.min(LONGEST_DAYS, daysPerUnit * purchase.quantity())));
        }
        var latest = purchases.getLast().at().plus(days(LONGEST_DAYS));
        return ends.isAfter(latest) ? latest : ends;
    }

    private static Duration days(double days) {
        return Duration.ofMillis(Math.round(days * 86_400_000.0));
    }

    private static Duration part(Duration whole, double part) {
        return Duration.ofMillis(Math.round(whole.toMillis() * part));
    }
}
