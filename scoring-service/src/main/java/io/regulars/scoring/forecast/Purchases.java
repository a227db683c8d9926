package io.regulars.scoring.forecast;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.scoring.forecast.Forecast.Purchase;
import io.regulars.scoring.history.Shop;
import io.regulars.scoring.history.Touched.Purchased;
import io.regulars.scoring.rows.Fields;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/// What customers bought of products, and how long those last: the lines by one probe of an index for each pair, what
/// is
/// known of the products once for each of them. Two conditions `= any(…)` on the lines would probe every product with
/// every customer: a batch of a thousand orders of twenty lines took minutes.
@ApplicationScoped
class Purchases {

    private static final String LINES = """
            select l.customer_id, l.product_code, l.product_name, l.category, l.kept_quantity, o.order_id, o.ordered_at
            from %s
            join order_line l on l.merchant_id = :merchant and l.customer_id = touched.customer_id and %s
            join purchase_order o on o.merchant_id = l.merchant_id and o.customer_id = l.customer_id
              and o.order_id = l.order_id
            where o.counted and l.kept_quantity > 0
              and not l.product_code = any(:nonProducts) and o.ordered_at <= :until::timestamptz
            order by l.customer_id, l.product_code, o.ordered_at, o.order_id, l.line_no
            """;

    private static final String OF_PAIRS = LINES.formatted(
            "unnest(:customers::bigint[], :codes::text[]) as touched (customer_id, product_code)",
            "l.product_code = touched.product_code");

    private static final String OF_ALL_THEIR_PRODUCTS =
            LINES.formatted("unnest(:customers::bigint[]) as touched (customer_id)", "l.product_code is not null");

    private static final String PRODUCTS = """
            select t.code, p.name, p.category, p.lasts_days, c.days, c.from_days, c.to_days, c.intervals, c.customers
            from unnest(:codes::text[]) as t (code)
            left join product p on p.merchant_id = :merchant and p.code = t.code
            left join learned_cycle c on c.merchant_id = :merchant and c.kind = 'product' and c.key = t.code
            """;

    private static final String CATEGORIES = """
            select key, days, from_days, to_days, intervals, customers from learned_cycle
            where merchant_id = :merchant and kind = 'category' and key = any(:keys)
            """;

    static final Instant EVER = Instant.parse("9000-01-01T00:00:00Z");

    /// Of one product.
    ///
    /// @param name the merchant's, else that of the last order
    /// @param purchases one for each order, the earliest first
    /// @param cycle what is known of the product or its category, or null
    record Bought(String name, List<Purchase> purchases, Cycle cycle) {

        Purchase last() {
            return purchases.getLast();
        }
    }

    private record Line(Purchased pair, String name, String category, Purchase purchase) {}

    private record Product(String name, String category, Cycle cycle) {}

    private final Jdbi jdbi;

    Purchases(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Map<Purchased, Bought> ofPairs(Shop shop, Collection<Purchased> pairs) {
        return jdbi.withHandle(handle -> bought(shop, ForecastRows.pairs(handle.createQuery(OF_PAIRS), pairs), EVER));
    }

    Map<Purchased, Bought> ofAllTheirProducts(Shop shop, List<Long> customers, Instant until) {
        return jdbi.withHandle(handle -> bought(
                shop, handle.createQuery(OF_ALL_THEIR_PRODUCTS).bindArray("customers", Long.class, customers), until));
    }

    private Map<Purchased, Bought> bought(Shop shop, Query query, Instant until) {
        var lines = query.bind("merchant", shop.merchantId())
                .bind("until", until.toString())
                .bindArray("nonProducts", String.class, List.copyOf(shop.nonProductCodes()))
                .map((row, context) -> line(row))
                .list();
        var byPair = lines.stream().collect(Collectors.groupingBy(Line::pair, LinkedHashMap::new, Collectors.toList()));
        var products = products(
                shop.merchantId(),
                lines.stream().map(line -> line.pair().productCode()).collect(Collectors.toSet()));
        var categories = categories(
                shop.merchantId(),
                byPair.values().stream()
                        .map(List::getLast)
                        .map(line -> category(line, products))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
        var bought = new LinkedHashMap<Purchased, Bought>();
        byPair.forEach((pair, of) -> bought.put(pair, bought(of, products, categories)));
        return bought;
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                new Purchased(row.getLong("customer_id"), row.getString("product_code")),
                row.getString("product_name"),
                row.getString("category"),
                new Purchase(row.getLong("order_id"), Fields.instant(row, "ordered_at"), row.getLong("kept_quantity")));
    }

    private static String category(Line line, Map<String, Product> products) {
        var product = products.get(line.pair().productCode());
        return product.category() == null ? line.category() : product.category();
    }

    private static Bought bought(List<Line> lines, Map<String, Product> products, Map<String, Cycle> categories) {
        var last = lines.getLast();
        var product = products.get(last.pair().productCode());
        return new Bought(
                product.name() == null ? last.name() : product.name(),
                byOrder(lines),
                product.cycle() == null ? categories.get(category(last, products)) : product.cycle());
    }

    /// Lines of an order stand beside each other.
    private static List<Purchase> byOrder(List<Line> lines) {
        var purchases = new ArrayList<Purchase>(lines.size());
        for (var line : lines) {
            var one = line.purchase();
            if (!purchases.isEmpty() && purchases.getLast().orderId() == one.orderId()) {
                var same = purchases.removeLast();
                one = new Purchase(one.orderId(), one.at(), same.quantity() + one.quantity());
            }
            purchases.add(one);
        }
        return purchases;
    }

    private Map<String, Product> products(int merchant, Set<String> codes) {
        var products = new HashMap<String, Product>();
        if (!codes.isEmpty()) {
            jdbi.useHandle(handle -> handle.createQuery(PRODUCTS)
                    .bind("merchant", merchant)
                    .bindArray("codes", String.class, List.copyOf(codes))
                    .map((row, context) -> products.put(
                            row.getString("code"),
                            new Product(row.getString("name"), row.getString("category"), cycle(row))))
                    .list());
        }
        return products;
    }

    /// The merchant's word goes before what was learned.
    private static Cycle cycle(ResultSet row) throws SQLException {
        var lasts = row.getObject("lasts_days", Double.class);
        return lasts == null ? learned(row, Cycle.Basis.product) : Cycle.lasts(lasts);
    }

    private Map<String, Cycle> categories(int merchant, Set<String> keys) {
        var cycles = new HashMap<String, Cycle>();
        if (!keys.isEmpty()) {
            jdbi.useHandle(handle -> handle.createQuery(CATEGORIES)
                    .bind("merchant", merchant)
                    .bindArray("keys", String.class, List.copyOf(keys))
                    .map((row, context) -> cycles.put(row.getString("key"), learned(row, Cycle.Basis.category)))
                    .list());
        }
        return cycles;
    }

    /// Null where nothing is learned. How surely it is known, is null of what was learned before that was kept.
    private static Cycle learned(ResultSet row, Cycle.Basis basis) throws SQLException {
        var days = row.getObject("days", Double.class);
        if (days == null) {
            return null;
        }
        var from = row.getObject("from_days", Double.class);
        var customers = row.getLong("customers");
        var confidence = from == null
                ? null
                : new Confidence(from, row.getDouble("to_days"), customers, row.getLong("intervals"), customers);
        return Cycle.learned(basis, days, confidence);
    }
}
