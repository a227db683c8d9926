package io.regulars.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

import io.regulars.bench.measure.Latency;
import org.HdrHistogram.Histogram;

/// Requests at a fixed rate, due whether or not earlier ones are answered. Each is timed from the moment it was due, so
/// a stall counts for all that had to wait for it.
public final class OpenLoop {

    private static final int DIGITS = 3;

    private OpenLoop() {}

    public static Latency at(double rate, Posts posts, int connections, Duration time) throws Exception {
        return at(rate, posts, due -> posts.bodies().get(), connections, time);
    }

    /// @param bodies told when each request is due, as [System#nanoTime] counts
    public static Latency at(double rate, Posts posts, LongFunction<byte[]> bodies, int connections, Duration time)
            throws Exception {
        var all = new Histogram(DIGITS);
        var tickets = new AtomicLong();
        var began = System.nanoTime() + Duration.ofMillis(50).toNanos();
        var last = (long) (rate * time.toNanos() / 1e9);
        Connections.run(connections, posts.target(), connection -> {
            var times = new Histogram(DIGITS);
            for (var ticket = tickets.getAndIncrement(); ticket < last; ticket = tickets.getAndIncrement()) {
                var due = began + (long) (ticket * 1e9 / rate);
                waitUntil(due);
                posts.one(connection, bodies.apply(due));
                times.recordValue(System.nanoTime() - due);
            }
            synchronized (all) {
                all.add(times);
            }
        });
        return Latency.of(rate, (System.nanoTime() - began) / 1e9, all);
    }

    private static void waitUntil(long due) {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
