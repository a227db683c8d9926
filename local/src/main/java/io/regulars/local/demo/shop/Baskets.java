package io.regulars.local.demo.shop;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What goes into an order: the household's staples, now and then something else, seldom something dear.
final class Baskets {

    private static final Set<String> HOUSE_CATEGORIES = Set.of("家居清洁", "纸品", "家用电器");

    /// Bought by the age of the child only, never out of a whim.
    private static final Set<String> BY_AGE = Set.of("DP-S", "DP-M", "DP-L", "DP-XL", "MF-1", "MF-2", "MF-3");

    private static final Weighted<Product> BABY_EXTRAS = extras(false);
    private static final Weighted<Product> HOUSE_EXTRAS = extras(true);

    private Baskets() {}

    static List<Order.Line> draw(Draws draws, Habits habits, LocalDate day, boolean promotion) {
        var quantities = new LinkedHashMap<Product, Integer>();
        staples(draws, habits, day, promotion, quantities);
        var extras = draws.poisson(0.5 * habits.spend() * (promotion ? 1.8 : 1));
        for (var i = quantities.isEmpty() ? -1 : 0; i < extras; i++) {
            quantities.merge(extra(draws, habits), draws.chance(0.15) ? 2 : 1, Integer::sum);
        }
        return discounted(draws, quantities, promotion);
    }

    private static void staples(
            Draws draws, Habits habits, LocalDate day, boolean promotion, Map<Product, Integer> quantities) {
        var foremost = habits.staple(habits.staples().getFirst(), day);
        if (draws.chance(0.88)) {
            var stock = PurchaseTimes.stock(habits, day) * (promotion ? 2 : 1);
            // A few buy for a nursery or an office.
            quantities.put(foremost, draws.chance(0.008) ? stock * (6 + draws.below(10)) : stock);
        }
        for (var staple : habits.staples().subList(1, habits.staples().size())) {
            if (draws.chance(0.4)) {
                quantities.merge(habits.staple(staple, day), draws.chance(0.2) ? 2 : 1, Integer::sum);
            }
        }
    }

    private static Product extra(Draws draws, Habits habits) {
        return (habits.babyBorn() == null ? HOUSE_EXTRAS : BABY_EXTRAS).draw(draws);
    }

    private static List<Order.Line> discounted(Draws draws, Map<Product, Integer> quantities, boolean promotion) {
        var percent = promotion ? 8 + draws.below(13) : draws.chance(0.22) ? 3 + draws.below(8) : 0;
        var lines = new ArrayList<Order.Line>();
        quantities.forEach((product, quantity) ->
                lines.add(new Order.Line(product, quantity, quantity * product.price() * percent / 1_000 * 10)));
        return List.copyOf(lines);
    }

    private static Weighted<Product> extras(boolean house) {
        var products = Catalogue.PRODUCTS.stream()
                .filter(product -> !BY_AGE.contains(product.code()))
                .filter(product -> !house || HOUSE_CATEGORIES.contains(product.category()))
                .toList();
        return new Weighted<>(products, Product::popularity);
    }
}
