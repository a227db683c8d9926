package io.regulars.campaign.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/// Everything that a seed decides, and the time that passes meanwhile.
final class Chance {

    private final SplittableRandom random;
    Instant now;

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

    /// A replica's clock, which is not quite right.
    Clock clock(Duration skew) {
        InstantSource skewed = () -> now.plus(skew);
        return skewed.withZone(ZoneOffset.UTC);
    }
}
