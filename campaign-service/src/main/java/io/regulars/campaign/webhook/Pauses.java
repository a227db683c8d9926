package io.regulars.campaign.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long after a try that failed the next one comes. Some chance is added, so that calls that failed
/// together do not come back together.
final class Pauses {

    private static final double CHANCE = 0.1;
    private static final Duration LONGEST_ASKED_FOR = Duration.ofDays(1);

    private final List<Duration> pauses;
    private final RandomGenerator random;

    Pauses(List<Duration> pauses, RandomGenerator random) {
        this.pauses = List.copyOf(pauses);
        this.random = random;
    }

    /// @param attempts so far
    /// @param askedFor by the receiver, with `Retry-After`; or null
    /// @return empty where it is given up
    Optional<Duration> after(int attempts, Duration askedFor) {
        if (attempts > pauses.size()) {
            return Optional.empty();
        }
        Duration pause = pauses.get(Math.max(attempts, 1) - 1);
        if (askedFor != null && askedFor.compareTo(pause) > 0) {
            pause = askedFor.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : askedFor;
        }
        return Optional.of(pause.plusMillis((long) (pause.toMillis() * CHANCE * random.nextDouble())));
    }

    /// Whether so many tries were begun that results must have been lost with their processes.
    boolean exhausted(int attempts) {
        return attempts > 2 * (pauses.size() + 1);
    }
}
