package io.regulars.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// As many requests as go: each connection sends its next one when the last is answered.
public final class ClosedLoop {

    private ClosedLoop() {}

    /// Posts for this long.
    ///
    /// @return how many were answered
    public static long during(Posts posts, int connections, Duration time) throws Exception {
        var answered = new AtomicLong();
        var end = System.nanoTime() + time.toNanos();
        Connections.run(connections, posts.target(), connection -> {
            while (System.nanoTime() < end) {
                posts.one(connection);
                answered.incrementAndGet();
            }
        });
        return answered.get();
    }

    /// Posts this many, spread over the connections as they come free.
    public static void exactly(Posts posts, int connections, long count) throws Exception {
        var left = new AtomicLong(count);
        Connections.run(connections, posts.target(), connection -> {
            while (left.getAndDecrement() > 0) {
                posts.one(connection);
            }
        });
    }
}
