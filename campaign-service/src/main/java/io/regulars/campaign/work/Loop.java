package io.regulars.campaign.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

/// Repeats a piece of work on a thread of its own: at once while there is more, else after a pause or when woken. A
/// failure is logged and answered with a longer pause, never with the end of the loop.
public final class Loop implements AutoCloseable {

    /// One piece of work.
    @FunctionalInterface
    public interface Work {

        /// @return whether there may be more to do at once
        boolean once();
    }

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FOR_THE_LAST = Duration.ofSeconds(10);

    private final String name;
    private final Duration pause;
    private final Work work;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    private Loop(String name, Duration pause, Work work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public static Loop start(String name, Duration pause, Work work) {
        var loop = new Loop(name, pause, work);
        loop.thread.start();
        return loop;
    }

    /// There is something to do: do not wait for the pause to end.
    public void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /// Lets the present piece of work end, and starts no other.
    @Override
    public void close() {
        stopping = true;
        wake();
        try {
            thread.join(FOR_THE_LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            Duration rest = pause;
            try {
                if (work.once()) {
                    continue;
                }
            } catch (RuntimeException e) {
                if (stopping) {
                    return;
                }
                LOG.warnf(e, "%s failed and goes on after %s", name, AFTER_FAILURE);
                rest = AFTER_FAILURE;
            }
            await(rest);
        }
    }

    private void await(Duration rest) {
        try {
            if (wakeUps.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}
