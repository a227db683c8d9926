package io.regulars.scoring.forecast;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.forecast.Forecast.Purchase;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Touched.Purchased;
import io.regulars.scoring.rows.Columns;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;

/// Keeps one forecast for each customer and product that will be needed again; made anew for whoever bought the
/// product or gave it back, from all of that customer's purchases of it. Where only the customer's cycle over
/// all tells, that is taken as of the last purchase of the product: what is bought later of something else
/// moves nothing.
@ApplicationScoped
public class Forecasts {

    private static final String OF_CUSTOMERS = """
            select * from forecast where merchant_id = :merchant and customer_id = any(:customers)
            order by customer_id, runs_out_at, product_code
            """;

    /// Everything that the customers bought of the products, with what is known of the products' cycles.
    private static final String PURCHASES = """
            select l.customer_id, l.product_code, o.order_id, o.ordered_at, sum(l.kept_quantity) as quantity,
              coalesce(max(p.name), (array_agg(l.product_name order by l.line_no desc))[1]) as name,
              max(p.lasts_days) as lasts_days, max(by_product.days) as product_days,
              max(by_product.from_days) as product_from, max(by_product.to_days) as product_to,
              max(by_product.intervals) as product_intervals, max(by_product.customers) as product_customers,
              max(by_category.days) as category_days,
              max(by_category.from_days) as category_from, max(by_category.to_days) as category_to,
              max(by_category.intervals) as category_intervals, max(by_category.customers) as category_customers
            from (%s) touched
            join order_line l on l.merchant_id = :merchant and l.customer_id = touched.customer_id and %s
            join purchase_order o on o.merchant_id = l.merchant_id and o.customer_id = l.customer_id
              and o.order_id = l.order_id
            left join product p on p.merchant_id = l.merchant_id and p.code = l.product_code
            left join learned_cycle by_product on by_product.merchant_id = l.merchant_id
              and by_product.kind = 'product' and by_product.key = l.product_code
            left join learned_cycle by_category on by_category.merchant_id = l.merchant_id
              and by_category.kind = 'category' and by_category.key = coalesce(p.category, l.category)
            where o.counted and l.kept_quantity > 0
              and not l.product_code = any(:nonProducts) and o.ordered_at <= :until::timestamptz
            group by l.customer_id, l.product_code, o.order_id, o.ordered_at
            order by l.customer_id, l.product_code, o.ordered_at, o.order_id
            """;

    /// Only of pairs that can have a forecast: most products have no cycle, and few customers came so often that
    /// they have a rhythm, and bought the product again. One probe of an index for each pair. Two conditions
    /// `= any(…)` on the lines would probe every product with every customer: a batch of a thousand orders of
    /// twenty lines took minutes.
    private static final String OF_PAIRS = PURCHASES.formatted("""
            select distinct * from unnest(:customers::bigint[], :codes::text[]) as t (customer_id, product_code)
            where exists (select from learned_cycle c
                where c.merchant_id = :merchant and (c.kind = 'category' or c.key = t.product_code))
              or exists (select from product p
                where p.merchant_id = :merchant and p.code = t.product_code and p.lasts_days is not null)
              or exists (select from history h
                where h.merchant_id = :merchant and h.customer_id = t.customer_id
                  and cardinality(h.days) >= :rhythmFrom)
                and (select count(*) from (select from order_line l
                  where l.merchant_id = :merchant and l.product_code = t.product_code
                    and l.customer_id = t.customer_id
                  limit 2) as bought) = 2
            """, "l.product_code = touched.product_code");

    private static final String OF_ALL_THEIR_PRODUCTS = PURCHASES.formatted(
            "select distinct * from unnest(:customers::bigint[]) as t (customer_id)", "l.product_code is not null");

    /// What customers bought again, of those whose last purchase came after the day on which something changed:
    /// of an order that came late, or was given back late. Their cycle over all, as of that purchase, may be
    /// another one.
    private static final String OF_LATE_NEWS = """
            select l.customer_id, l.product_code
            from unnest(:customers::bigint[], :days::int[]) as t (customer_id, day)
            join history h on h.merchant_id = :merchant and h.customer_id = t.customer_id
              and h.days[cardinality(h.days)] > t.day
            join order_line l on l.merchant_id = :merchant and l.customer_id = t.customer_id
            where l.product_code is not null
            group by l.customer_id, l.product_code having count(*) > 1
            """;

    private static final String PURCHASE_DAYS =
            "select customer_id, days from history where merchant_id = :merchant and customer_id = any(:customers)";

    private static final String DELETE_PAIRS = """
            delete from forecast f
            using unnest(:customers::bigint[], :codes::text[]) as gone (customer_id, product_code)
            where f.merchant_id = :merchant and f.customer_id = gone.customer_id
              and f.product_code = gone.product_code
            """;

    private static final String DELETE_CUSTOMERS =
            "delete from forecast where merchant_id = :merchant and customer_id = any(:customers)";

    private static final String INSERT = """
            insert into forecast (merchant_id, customer_id, product_code, product_name, cause_order_id, bought_at,
              runs_out_at, opens_at, closes_at, basis, cycle_days, from_days, to_days, intervals, customers)
            select :merchant, * from unnest(:customers::bigint[], :codes::text[], :names::text[], :causes::bigint[],
              :bought::text[]::timestamptz[], :runsOut::text[]::timestamptz[], :opens::text[]::timestamptz[],
              :closes::text[]::timestamptz[], :bases::text[], :days::float8[], :fromDays::float8[],
              :toDays::float8[], :intervals::bigint[], :learnedFrom::bigint[])
            """;

    private static final Instant EVER = Instant.parse("9000-01-01T00:00:00Z");

    private static final int[] NO_DAYS = {};

    private record Bought(String name, List<Purchase> purchases, Cycle cycle) {}

    private record OfCustomer(long customerId, Forecast forecast) {}

    private final Jdbi jdbi;

    Forecasts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Map<Long, List<Forecast>> of(int merchant, Collection<Long> customers) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_CUSTOMERS)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, List.copyOf(customers))
                .map((row, context) -> new OfCustomer(row.getLong("customer_id"), read(row)))
                .collect(Collectors.groupingBy(
                        OfCustomer::customerId, Collectors.mapping(OfCustomer::forecast, Collectors.toList()))));
    }

    /// What a customer's forecasts were at an instant, from the orders until then; nothing is kept.
    public List<Forecast> asOf(Shop shop, long customer, ForecastRules rules, Instant at) {
        var purchases = jdbi.withHandle(handle -> {
            var query = handle.createQuery(OF_ALL_THEIR_PRODUCTS).bindArray("customers", Long.class, List.of(customer));
            return purchases(shop, query, at);
        });
        return forecasts(shop, purchases, rules).stream()
                .map(OfCustomer::forecast)
                .toList();
    }

    /// Makes the forecasts of these purchases anew, and those that stand on a rhythm which they change. The
    /// customers' histories must be locked, and hold the purchases.
    ///
    /// @param since the earliest day of each customer on which purchases changed; none where only products did
    public void remake(Shop shop, ForecastRules rules, Collection<Purchased> touched, Map<Long, Integer> since) {
        var changed = new LinkedHashSet<>(touched);
        if (!since.isEmpty()) {
            changed.addAll(ofLateNews(shop.merchantId(), since));
        }
        if (changed.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> {
            pairs(handle.createUpdate(DELETE_PAIRS).bind("merchant", shop.merchantId()), changed)
                    .execute();
            var query = pairs(handle.createQuery(OF_PAIRS), changed).bind("rhythmFrom", OwnCycle.LEAST_PURCHASES);
            insert(shop.merchantId(), forecasts(shop, purchases(shop, query, EVER), rules));
        });
    }

    private List<Purchased> ofLateNews(int merchant, Map<Long, Integer> since) {
        return jdbi.withHandle(
                handle -> Columns.of(handle.createQuery(OF_LATE_NEWS).bind("merchant", merchant), since.entrySet())
                        .longs("customers", Map.Entry::getKey)
                        .ints("days", Map.Entry::getValue)
                        .bound()
                        .map((row, context) -> new Purchased(row.getLong("customer_id"), row.getString("product_code")))
                        .list());
    }

    /// Makes all forecasts of these customers anew. Their histories must be locked.
    public void remakeAll(Shop shop, ForecastRules rules, List<Long> customers) {
        jdbi.useHandle(handle -> {
            handle.createUpdate(DELETE_CUSTOMERS)
                    .bind("merchant", shop.merchantId())
                    .bindArray("customers", Long.class, customers)
                    .execute();
            var query = handle.createQuery(OF_ALL_THEIR_PRODUCTS).bindArray("customers", Long.class, customers);
            insert(shop.merchantId(), forecasts(shop, purchases(shop, query, EVER), rules));
        });
    }

    private static <S extends org.jdbi.v3.core.statement.SqlStatement<S>> S pairs(
            S statement, Collection<Purchased> touched) {
        return Columns.of(statement, touched)
                .longs("customers", Purchased::customerId)
                .texts("codes", Purchased::productCode)
                .bound();
    }

    private static Map<Purchased, Bought> purchases(Shop shop, org.jdbi.v3.core.statement.Query query, Instant until) {
        var bought = new LinkedHashMap<Purchased, Bought>();
        query.bind("merchant", shop.merchantId())
                .bind("until", until.toString())
                .bindArray("nonProducts", String.class, List.copyOf(shop.nonProductCodes()))
                .map((row, context) -> {
                    var name = row.getString("name");
                    var cycle = cycle(row);
                    return bought.computeIfAbsent(
                                    new Purchased(row.getLong("customer_id"), row.getString("product_code")),
                                    pair -> new Bought(name, new ArrayList<>(), cycle))
                            .purchases()
                            .add(new Purchase(
                                    row.getLong("order_id"),
                                    Fields.instant(row, "ordered_at"),
                                    row.getLong("quantity")));
                })
                .list();
        return bought;
    }

    /// The surest of what is known of the product: the merchant's word, its learned cycle, its category's.
    private static Cycle cycle(ResultSet row) throws SQLException {
        var lasts = row.getObject("lasts_days", Double.class);
        if (lasts != null) {
            return Cycle.lasts(lasts);
        }
        var product = learned(row, Cycle.Basis.product);
        return product != null ? product : learned(row, Cycle.Basis.category);
    }

    private static Cycle learned(ResultSet row, Cycle.Basis basis) throws SQLException {
        var days = row.getObject(basis + "_days", Double.class);
        if (days == null) {
            return null;
        }
        var from = row.getObject(basis + "_from", Double.class);
        var customers = row.getLong(basis + "_customers");
        return Cycle.learned(
                basis,
                days,
                from == null
                        ? null
                        : new Confidence(
                                from,
                                row.getDouble(basis + "_to"),
                                customers,
                                row.getLong(basis + "_intervals"),
                                customers));
    }

    private List<OfCustomer> forecasts(Shop shop, Map<Purchased, Bought> purchases, ForecastRules rules) {
        var days = purchaseDays(shop.merchantId(), purchases);
        return purchases.entrySet().stream()
                .flatMap(entry -> {
                    var customer = entry.getKey().customerId();
                    var bought = entry.getValue();
                    var last = shop.day(bought.purchases().getLast().at());
                    return Forecast.of(
                            entry.getKey().productCode(),
                            bought.name(),
                            bought.purchases(),
                            bought.cycle(),
                            () -> OwnCycle.over(days.getOrDefault(customer, NO_DAYS), last),
                            rules)
                            .map(forecast -> new OfCustomer(customer, forecast))
                            .stream();
                })
                .toList();
    }

    /// Of those customers whose rhythm may be asked for.
    private Map<Long, int[]> purchaseDays(int merchant, Map<Purchased, Bought> purchases) {
        var customers = purchases.entrySet().stream()
                .filter(entry -> entry.getValue().cycle() == null
                        && entry.getValue().purchases().size() > 1)
                .map(entry -> entry.getKey().customerId())
                .distinct()
                .toList();
        if (customers.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(handle -> handle.createQuery(PURCHASE_DAYS)
                .bind("merchant", merchant)
                .bindArray("customers", Long.class, customers)
                .map((row, context) -> Map.entry(row.getLong("customer_id"), Fields.ints(row, "days")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private void insert(int merchant, List<OfCustomer> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> Columns.of(handle.createUpdate(INSERT).bind("merchant", merchant), rows)
                .longs("customers", OfCustomer::customerId)
                .texts("codes", row -> row.forecast().productCode())
                .texts("names", row -> row.forecast().productName())
                .longs("causes", row -> row.forecast().causeOrderId())
                .texts("bought", row -> row.forecast().boughtAt())
                .texts("runsOut", row -> row.forecast().runsOutAt())
                .texts("opens", row -> row.forecast().opensAt())
                .texts("closes", row -> row.forecast().closesAt())
                .texts("bases", row -> row.forecast().basis())
                .doubles("days", row -> row.forecast().cycleDays())
                .doubles("fromDays", row -> confidence(row, Confidence::fromDays))
                .doubles("toDays", row -> confidence(row, Confidence::toDays))
                .longs("intervals", row -> confidence(row, Confidence::intervals))
                .longs("learnedFrom", row -> confidence(row, Confidence::customers))
                .bound()
                .execute());
    }

    private static <T> T confidence(OfCustomer row, Function<Confidence, T> part) {
        return Optional.ofNullable(row.forecast().confidence()).map(part).orElse(null);
    }

    private static Forecast read(ResultSet row) throws SQLException {
        var basis = Cycle.Basis.valueOf(row.getString("basis"));
        return new Forecast(
                row.getString("product_code"),
                row.getString("product_name"),
                row.getLong("cause_order_id"),
                Fields.instant(row, "bought_at"),
                Fields.instant(row, "runs_out_at"),
                Fields.instant(row, "opens_at"),
                Fields.instant(row, "closes_at"),
                basis,
                row.getDouble("cycle_days"),
                confidence(row, basis));
    }

    /// The median is of the customers' medians where more than one may have been learned from.
    private static Confidence confidence(ResultSet row, Cycle.Basis basis) throws SQLException {
        var from = row.getObject("from_days", Double.class);
        if (from == null) {
            return null;
        }
        var intervals = row.getLong("intervals");
        var customers = row.getLong("customers");
        var own = basis == Cycle.Basis.customer || basis == Cycle.Basis.rhythm;
        return new Confidence(from, row.getDouble("to_days"), own ? intervals : customers, intervals, customers);
    }
}
