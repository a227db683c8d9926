package io.regulars.campaign.trigger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Campaigns whose work failed just now. They are left alone for a moment, so that those that come after them, of other
/// merchants too, are not held up by it.
final class Resting {

    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final Map<Long, Long> until = new ConcurrentHashMap<>();

    void add(long campaign) {
        until.put(campaign, System.nanoTime() + MOMENT.toNanos());
    }

    List<Long> campaigns() {
        long now = System.nanoTime();
        until.values().removeIf(end -> end - now <= 0);
        return List.copyOf(until.keySet());
    }
}
