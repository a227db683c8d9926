package io.regulars.local.demo.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What customers do around their orders: visit, search, look, fill carts and leave them, ask, review, complain.
final class Browsing {

    private static final Weighted<Integer> RATINGS = ratings(4, 3, 7, 16, 70);
    private static final Weighted<Integer> RATINGS_OF_RETURNS = ratings(40, 25, 18, 10, 7);
    private static final Map<String, String> SEARCHES = Map.of(
            "湿巾", "婴儿湿巾",
            "纸尿裤", "纸尿裤 夜用",
            "奶粉辅食", "奶粉 正品",
            "婴儿洗护", "宝宝沐浴露",
            "家居清洁", "洗衣液 大桶",
            "纸品", "抽纸 整箱");

    private final Draws draws;
    private final String customerId;
    private final Instant now;
    private final List<Interaction> happened = new ArrayList<>();

    Browsing(Draws draws, String customerId, Instant now) {
        this.draws = draws;
        this.customerId = customerId;
        this.now = now;
    }

    List<Interaction> happened() {
        return happened;
    }

    void aroundOrder(Order order) {
        var product = order.lines().getFirst().product();
        var before = order.orderedAt().minusSeconds(60 + draws.below(1_500));
        if (draws.chance(0.7)) {
            add("visited", before.minusSeconds(300), null, null);
            add("product_viewed", before.minusSeconds(120), null, product.code());
        }
        if (draws.chance(0.25)) {
            add(
                    "products_searched",
                    before.minusSeconds(200),
                    null,
                    SEARCHES.getOrDefault(product.category(), product.name()));
        }
        if (draws.chance(0.4)) {
            add("product_added", before, null, product.code());
        }
        if (draws.chance(0.06)) {
            add("inquired", order.orderedAt().plus(hours(1, 50)), null, product.code());
        }
        order.history().stream()
                .filter(change -> change.status().equals("delivered"))
                .findFirst()
                .ifPresent(delivered -> review(order, product, delivered.at()));
    }

    /// A look around now and then, sometimes with a cart that stays behind; `looks` of them since `joined`.
    void between(Instant joined, double looks) {
        var days = Duration.between(joined, now).toMinutes();
        for (var i = draws.poisson(looks); i > 0; i--) {
            var at = joined.plus(Duration.ofMinutes((long) (days * draws.uniform())));
            add("visited", at, null, null);
            if (draws.chance(0.3)) {
                var product = draws.pick(Catalogue.PRODUCTS);
                add(
                        draws.chance(0.5) ? "product_favourited" : "cart_abandoned",
                        at.plusSeconds(240),
                        null,
                        product.code());
            }
        }
    }

    private void review(Order order, Product product, Instant delivered) {
        if (!draws.chance(0.38)) {
            return;
        }
        var rating = (order.counts() ? RATINGS : RATINGS_OF_RETURNS).draw(draws);
        var at = delivered.plus(hours(5, 200));
        add("product_reviewed", at, rating, product.code());
        if (rating <= 2 && draws.chance(0.4)) {
            add("complained", at.plus(hours(0.1, 3)), null, product.code());
        }
    }

    private void add(String kind, Instant at, Integer rating, String subject) {
        if (!at.isAfter(now)) {
            var externalId = customerId + "-" + (happened.size() + 1);
            happened.add(new Interaction(externalId, customerId, kind, at, rating, subject));
        }
    }

    private Duration hours(double least, double most) {
        return Duration.ofSeconds((long) (3600 * draws.between(least, most)));
    }

    private static Weighted<Integer> ratings(double... shares) {
        return new Weighted<>(List.of(1, 2, 3, 4, 5), rating -> shares[rating - 1]);
    }
}
