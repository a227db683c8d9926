package io.regulars.scoring.score;

import java.util.List;
import java.util.SplittableRandom;

/// Everything that a seed decides.
final class Chance {

    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    boolean once(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T of(List<T> all) {
        return all.get(below(all.size()));
    }
}
