package io.regulars.kit.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts arrivals and halts at the one that was armed.
final class KillSwitch {

    private record Armed(KillPoint point, long left) {}

    private final Runnable halt;
    private final Map<KillPoint, AtomicLong> arrivals = new ConcurrentHashMap<>();
    private Armed armed;

    KillSwitch(Runnable halt) {
        this.halt = halt;
    }

    /// One point at a time: who arms another disarms this one.
    ///
    /// @param arrival 1 for the next
    synchronized void arm(KillPoint point, long arrival) {
        if (arrival < 1) {
            throw new IllegalArgumentException("arrival must be 1 or more, not " + arrival);
        }
        armed = new Armed(point, arrival);
    }

    void reach(KillPoint point) {
        arrivals.computeIfAbsent(point, key -> new AtomicLong()).incrementAndGet();
        if (due(point)) {
            halt.run();
        }
    }

    private synchronized boolean due(KillPoint point) {
        if (armed == null || armed.point() != point) {
            return false;
        }
        armed = armed.left() == 1 ? null : new Armed(point, armed.left() - 1);
        return armed == null;
    }

    long arrivals(KillPoint point) {
        AtomicLong counted = arrivals.get(point);
        return counted == null ? 0 : counted.get();
    }
}
