package io.regulars.campaign.coupon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.regulars.kit.problem.Problems;

/// Bounds how fast codes can be guessed, in each replica: who asks for codes that there are not must wait, and is told
/// of none meanwhile, right or wrong. A customer who is named has few tries; whoever names none shares those of the
/// shop's client, which are many, so that one guesser does not close the shop's checkout at once.
@ApplicationScoped
class Guesses {

    static final int OF_A_CUSTOMER = 10;
    static final int OF_A_CLIENT = 300;

    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int MOST_KEPT = 10_000;

    private record Who(int merchant, String name, boolean customer) {}

    private final Clock clock;
    private final Map<Who, Deque<Instant>> wrong = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Deque<Instant>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    Guesses(Clock clock) {
        this.clock = clock;
    }

    /// @param customer as the checkout names them, or null
    synchronized void refuseTooMany(int merchant, String actor, String customer) {
        Who who = who(merchant, actor, customer);
        Deque<Instant> misses = wrong.get(who);
        if (misses == null) {
            return;
        }
        Instant now = clock.instant();
        while (!misses.isEmpty() && !misses.getFirst().plus(WITHIN).isAfter(now)) {
            misses.removeFirst();
        }
        if (misses.size() >= (who.customer() ? OF_A_CUSTOMER : OF_A_CLIENT)) {
            throw Problems.tooMany(
                    "too many codes that do not exist were asked for",
                    Duration.between(now, misses.getFirst().plus(WITHIN)).plusSeconds(1));
        }
    }

    synchronized void missed(int merchant, String actor, String customer) {
        wrong.computeIfAbsent(who(merchant, actor, customer), any -> new ArrayDeque<>())
                .addLast(clock.instant());
    }

    private static Who who(int merchant, String actor, String customer) {
        return new Who(merchant, customer == null ? actor : customer, customer != null);
    }
}
