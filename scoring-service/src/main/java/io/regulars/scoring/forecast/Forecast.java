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
public record Forecast(
        String productCode,
        String productName,
        long causeOrderId,
        Instant boughtAt,
        Instant runsOutAt,
        Instant opensAt,
        Instant closesAt,
        Cycle.Basis basis,
        double cycleDays) {

    private static final double LONGEST_DAYS = 3650;
    private static final int OWN_CYCLE_INTERVALS = 3;

    /// With fewer purchases a customer has no rhythm of their own.
    static final int OWN_CYCLE_PURCHASES = OWN_CYCLE_INTERVALS + 1;

    /// Units kept of the product in one order.
    public record Purchase(long orderId, Instant at, long quantity) {}

    public boolean openAt(Instant instant) {
        return !instant.isBefore(opensAt) && instant.isBefore(closesAt);
    }

    /// @param purchases of one product, the earliest first
    /// @param cycle what is known of the product or its category, or null: then only the customer's own rhythm
    ///     can tell
    public static Optional<Forecast> of(
            String code, String name, List<Purchase> purchases, Cycle cycle, ForecastRules rules) {
        if (purchases.isEmpty()) {
            return Optional.empty();
        }
        var known = cycle != null ? Optional.of(cycle) : ownCycle(purchases);
        return known.map(used -> forecast(code, name, purchases, used, rules));
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
                lasts.toMillis() / 86_400_000.0);
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

    /// The customer's own median, where there are enough intervals between different days.
    private static Optional<Cycle> ownCycle(List<Purchase> purchases) {
        var gaps = new java.util.ArrayList<Long>();
        for (var i = 1; i < purchases.size(); i++) {
            var gap = Duration.between(
                            purchases.get(i - 1).at(), purchases.get(i).at())
                    .toMillis();
            if (gap >= 86_400_000L) {
                gaps.add(gap);
            }
        }
        if (gaps.size() < OWN_CYCLE_INTERVALS) {
            return Optional.empty();
        }
        gaps.sort(null);
        var median = (gaps.get((gaps.size() - 1) / 2) + gaps.get(gaps.size() / 2)) / 2.0;
        return Optional.of(Cycle.learned(Cycle.Basis.customer, Math.min(LONGEST_DAYS, median / 86_400_000.0)));
    }

    private static Duration days(double days) {
        return Duration.ofMillis(Math.round(days * 86_400_000.0));
    }

    private static Duration part(Duration whole, double part) {
        return Duration.ofMillis(Math.round(whole.toMillis() * part));
    }
}
