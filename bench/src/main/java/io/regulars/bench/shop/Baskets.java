package io.regulars.bench.shop;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What lies in an order: one to three lines of a range whose prices, like most, are log-normal.
public final class Baskets {

    /// On the mean two, which peers that draw their own orders do as well.
    public static final int MOST_LINES = 3;

    private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM =
            RandomGeneratorFactory.of("L64X128MixRandom");
    private static final int PRODUCTS = 500;
    private static final double MEDIAN_PRICE = 4_900;
    private static final double PRICE_SPREAD = 0.9;
    private static final double MORE_THAN_ONE = 0.3;

    private final List<Product> range;

    public Baskets(long seed) {
        var random = random(seed, 0);
        range = IntStream.rangeClosed(1, PRODUCTS)
                .mapToObj(number -> new Product(
                        String.format(Locale.ROOT, "SKU-%04d", number),
                        "Product " + number,
                        "Category " + number % 20,
                        price(random)))
                .toList();
    }

    private static long price(RandomGenerator random) {
        return Math.max(100, Math.round(MEDIAN_PRICE * Math.exp(PRICE_SPREAD * random.nextGaussian())));
    }

    /// A stream of draws of its own, the same on every Java.
    public static RandomGenerator random(long seed, long stream) {
        return ALGORITHM.create(seed * 0x9E3779B97F4A7C15L + stream);
    }

    /// @param scale how much dearer than the usual this customer buys; the quantity bears it
    List<Line> draw(RandomGenerator random, double scale) {
        return Stream.generate(() -> line(random, scale))
                .limit(1 + random.nextInt(MOST_LINES))
                .toList();
    }

    public List<Line> draw(RandomGenerator random) {
        return draw(random, 1);
    }

    private Line line(RandomGenerator random, double scale) {
        var product = range.get(random.nextInt(range.size()));
        var quantity = Math.clamp(Math.round(scale), 1, 1_000);
        while (random.nextDouble() < MORE_THAN_ONE && quantity < 1_000) {
            quantity++;
        }
        return new Line(product, quantity, product.price());
    }
}
