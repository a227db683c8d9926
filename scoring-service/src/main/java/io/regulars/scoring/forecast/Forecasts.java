package io.regulars.scoring.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.forecast.ForecastRows.Row;
import io.regulars.scoring.forecast.Purchases.Bought;
import io.regulars.scoring.history.PurchaseHistory;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Touched.Purchased;

/// When each customer needs each product again; made anew for whoever bought the product or gave it back, from all of
/// that customer's purchases of it. Where only the customer's rhythm tells, the last purchase is kept, and the rest
/// worked out from their purchase days when it is asked for: an order of something else, that comes late or is given
/// back, moves it then, and nothing had to be made anew for that.
@ApplicationScoped
public class Forecasts {

    private static final Comparator<Forecast> SOONEST_FIRST =
            Comparator.comparing(Forecast::runsOutAt).thenComparing(Forecast::productCode);

    private final ForecastRows rows;
    private final Purchases purchases;

    Forecasts(ForecastRows rows, Purchases purchases) {
        this.rows = rows;
        this.purchases = purchases;
    }

    /// @param histories of the customers, as of the same instant as what is read
    /// @return by customer; who has none is absent
    public Map<Long, List<Forecast>> of(Shop shop, ForecastRules rules, Collection<PurchaseHistory> histories) {
        var rhythms = new HashMap<Long, Rhythm>();
        histories.forEach(history -> rhythms.put(history.customerId(), new Rhythm(history.days())));
        var of = new HashMap<Long, List<Forecast>>();
        rows.of(shop.merchantId(), rhythms.keySet())
                .forEach(row -> forecast(row, shop, rules, rhythms.get(row.customerId()))
                        .ifPresent(forecast -> of.computeIfAbsent(row.customerId(), customer -> new ArrayList<>())
                                .add(forecast)));
        of.values().forEach(forecasts -> forecasts.sort(SOONEST_FIRST));
        return of;
    }

    private static Optional<Forecast> forecast(Row row, Shop shop, ForecastRules rules, Rhythm rhythm) {
        return row.forecast() != null
                ? Optional.of(row.forecast())
                : rhythm.until(shop.day(row.last().at()))
                        .map(cycle -> Forecast.of(row.productCode(), row.productName(), row.last(), cycle, rules));
    }

    /// What a customer's forecasts were at an instant, from the orders until then; nothing is kept.
    public List<Forecast> asOf(Shop shop, PurchaseHistory history, ForecastRules rules, Instant at) {
        var rhythm = new Rhythm(history.days());
        return made(purchases.ofAllTheirProducts(shop, List.of(history.customerId()), at), rules)
                .flatMap(row -> forecast(row, shop, rules, rhythm).stream())
                .sorted(SOONEST_FIRST)
                .toList();
    }

    /// Makes the forecasts of these purchases anew. The customers' histories must be locked.
    public void remake(Shop shop, ForecastRules rules, Collection<Purchased> touched) {
        if (touched.isEmpty()) {
            return;
        }
        // each pair once, however often it is named: its lines are read by it, and would count twice
        var gone = new HashSet<>(touched);
        var made = made(purchases.ofPairs(shop, gone), rules).toList();
        made.forEach(row -> gone.remove(row.pair()));
        rows.delete(shop.merchantId(), gone);
        rows.write(shop.merchantId(), made);
    }

    /// Makes all forecasts of these customers anew. Their histories must be locked.
    public void remakeAll(Shop shop, ForecastRules rules, List<Long> customers) {
        rows.deleteAll(shop.merchantId(), customers);
        rows.write(
                shop.merchantId(),
                made(purchases.ofAllTheirProducts(shop, customers, Purchases.EVER), rules)
                        .toList());
    }

    private static Stream<Row> made(Map<Purchased, Bought> bought, ForecastRules rules) {
        return bought.entrySet().stream().flatMap(of -> row(of.getKey(), of.getValue(), rules).stream());
    }

    private static Optional<Row> row(Purchased pair, Bought bought, ForecastRules rules) {
        var forecast = Forecast.of(pair.productCode(), bought.name(), bought.purchases(), bought.cycle(), rules);
        return forecast.isPresent() || OwnCycle.boughtAgain(bought.purchases())
                ? Optional.of(new Row(
                        pair.customerId(), pair.productCode(), bought.name(), bought.last(), forecast.orElse(null)))
                : Optional.empty();
    }
}
