package io.regulars.local.supervise;

import java.time.Duration;
import java.util.function.Consumer;

import io.regulars.local.unit.Unit;

/// One unit that is to run, or not; started again, after a growing pause, when it ends by itself.
final class Watched {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STABLE = Duration.ofSeconds(60);

    private final Unit unit;
    private final Consumer<String> log;
    private boolean wanted;
    private Duration pause = FIRST_PAUSE;
    private long startedAt;
    private long startAgainAt;
    private boolean waiting;

    Watched(Unit unit, Consumer<String> log) {
        this.unit = unit;
        this.log = log;
    }

    Unit unit() {
        return unit;
    }

    synchronized boolean wanted() {
        return wanted;
    }

    synchronized void start() {
        wanted = true;
        waiting = false;
        pause = FIRST_PAUSE;
        startNow();
    }

    synchronized void stop() {
        wanted = false;
        unit.stop();
    }

    synchronized void restart() {
        stop();
        start();
    }

    /// Ends the process as a crash would; it is started again like one that ended by itself.
    synchronized void kill() {
        unit.process().ifPresent(ProcessHandle::destroyForcibly);
    }

    /// Called again and again.
    synchronized void look() {
        if (!wanted || unit.process().isPresent()) {
            return;
        }
        if (!waiting) {
            pause = System.nanoTime() - startedAt > STABLE.toNanos() ? FIRST_PAUSE : pause;
            log.accept("%s ended unexpectedly; starting it again in %,d ms".formatted(unit.name(), pause.toMillis()));
            startAgainAt = System.nanoTime() + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            waiting = true;
        } else if (System.nanoTime() - startAgainAt >= 0) {
            waiting = false;
            try {
                startNow();
            } catch (RuntimeException e) {
                log.accept("%s does not start: %s".formatted(unit.name(), e.getMessage()));
            }
        }
    }

    private void startNow() {
        startedAt = System.nanoTime();
        unit.start();
        log.accept("%s started%s"
                .formatted(
                        unit.name(),
                        unit.process()
                                .map(process -> " (process " + process.pid() + ")")
                                .orElse("")));
    }
}
