package io.regulars.bench.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// A shop whose customers buy as BG/NBD says: at exponential intervals while they are with it, leaving by
/// chance after a repeat purchase, never after the first; how often and how loyally differs from one to the
/// next. Amounts have a heavy tail. Each customer is drawn from a stream of their own, so that any number comes
/// without the others, and iterating twice gives the same twice.
///
/// @param from the first day of the first purchases
/// @param until when the shop is looked at
public record ShopModel(long seed, long customers, Instant from, Instant until) implements Iterable<Buyer> {

    /// Of the CDNOW customers, weekly (Fader, Hardie and Lee 2005, table 2).
    private static final double R = 0.243;

    private static final double ALPHA = 4.414;
    private static final double A = 0.793;
    private static final double B = 2.426;

    /// The exponent of a Pareto tail: the mean is finite, the variance hardly.
    private static final double TAIL = 2.2;

    private static final int MOST_PURCHASES = 5_000;
    private static final Instant LOOKED_AT = Instant.parse("2026-01-01T00:00:00Z");

    /// Two years of trade.
    public static ShopModel of(long seed, long customers) {
        return new ShopModel(seed, customers, LOOKED_AT.minus(730, ChronoUnit.DAYS), LOOKED_AT);
    }

    @Override
    public Iterator<Buyer> iterator() {
        var baskets = new Baskets(seed);
        return LongStream.rangeClosed(1, customers)
                .mapToObj(number -> buyer(number, baskets))
                .iterator();
    }

    private Buyer buyer(long number, Baskets baskets) {
        var random = Baskets.random(seed, number);
        var weeklyRate = gamma(random, R) / ALPHA;
        var dropout = beta(random);
        var scale = Math.min(50, 0.7 * Math.pow(1 - random.nextDouble(), -1 / TAIL));
        var purchases = new ArrayList<Purchase>();
        var at = first(random);
        do {
            purchases.add(new Purchase(at, baskets.draw(random, scale)));
            var repeated = purchases.size() > 1;
            if ((repeated && random.nextDouble() < dropout) || purchases.size() == MOST_PURCHASES) {
                break;
            }
            at = next(random, at, weeklyRate);
        } while (at.isBefore(until));
        return new Buyer(number, purchases);
    }

    private Instant first(RandomGenerator random) {
        return from.plusSeconds(
                (long) (random.nextDouble() * Duration.between(from, until).toSeconds()));
    }

    private Instant next(RandomGenerator random, Instant at, double weeklyRate) {
        var seconds = random.nextExponential() / weeklyRate * Duration.ofDays(7).toSeconds();
        // A rate may be next to nothing, and then the next purchase lies beyond what an instant can say.
        return seconds >= Duration.between(at, until).toSeconds() ? until : at.plusSeconds(1 + (long) seconds);
    }

    private static double beta(RandomGenerator random) {
        var a = gamma(random, A);
        return a / (a + gamma(random, B));
    }

    /// Marsaglia and Tsang (2000), of rate 1; below shape 1 by the usual power of a uniform.
    private static double gamma(RandomGenerator random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        var d = shape - 1.0 / 3;
        var c = 1 / Math.sqrt(9 * d);
        while (true) {
            var x = random.nextGaussian();
            var v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
