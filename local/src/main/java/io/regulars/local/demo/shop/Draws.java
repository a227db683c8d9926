package io.regulars.local.demo.shop;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random draws from a named algorithm, so that a seed means the same shop on every Java.
final class Draws {

    private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final RandomGenerator random;

    private Draws(RandomGenerator random) {
        this.random = random;
    }

    /// Each customer draws from a stream of their own: a change in one leaves the others as they were.
    static Draws of(long seed, long stream) {
        return new Draws(ALGORITHM.create(seed * 0x9E3779B97F4A7C15L + stream));
    }

    double uniform() {
        return random.nextDouble();
    }

    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    double exponential(double rate) {
        return random.nextExponential() / rate;
    }

    /// Marsaglia and Tsang (2000); below shape 1 by the usual power of a uniform.
    double gamma(double shape, double rate) {
        if (shape < 1) {
            return gamma(shape + 1, rate) * Math.pow(random.nextDouble(), 1 / shape);
        }
        var d = shape - 1.0 / 3;
        var c = 1 / Math.sqrt(9 * d);
        while (true) {
            var x = random.nextGaussian();
            var v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v / rate;
            }
        }
    }

    double beta(double a, double b) {
        var x = gamma(a, 1);
        return x / (x + gamma(b, 1));
    }

    /// Knuth's way; for small means.
    int poisson(double mean) {
        var limit = Math.exp(-mean);
        var count = 0;
        for (var product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
