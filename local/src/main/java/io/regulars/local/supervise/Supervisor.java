package io.regulars.local.supervise;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.regulars.local.unit.Unit;

/// Starts the units in their order, watches them, and stops them the other way round.
public final class Supervisor implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 250;

    private final Map<String, Watched> units = new LinkedHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());

    /// How a unit is.
    ///
    /// @param state `ready`, `starting`, `stopped` or `restarting`
    public record UnitState(String name, String state, Long process) {}

    public Supervisor(List<? extends Unit> units, Consumer<String> log) {
        units.forEach(unit -> this.units.put(unit.name(), new Watched(unit, log)));
        var unused =
                watch.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    public List<String> names() {
        return List.copyOf(units.keySet());
    }

    public void start(String name) {
        watched(name).start();
    }

    public void stop(String name) {
        watched(name).stop();
    }

    public void restart(String name) {
        watched(name).restart();
    }

    public void kill(String name) {
        watched(name).kill();
    }

    public boolean ready(String name) {
        return watched(name).unit().ready();
    }

    /// The process as it runs, or nothing.
    public Optional<ProcessHandle> process(String name) {
        return watched(name).unit().process();
    }

    public List<UnitState> states() {
        return units.values().stream().parallel().map(Supervisor::state).toList();
    }

    /// Waits until the units are ready, telling of each that becomes so.
    public void await(List<String> names, Duration patience, Consumer<String> becameReady) throws InterruptedException {
        var waiting = new ArrayList<>(names);
        var deadline = System.nanoTime() + patience.toNanos();
        while (!waiting.isEmpty()) {
            for (var name : List.copyOf(waiting)) {
                if (ready(name)) {
                    waiting.remove(name);
                    becameReady.accept(name);
                }
            }
            if (!waiting.isEmpty() && System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        String.join(", ", waiting) + " not healthy after " + patience.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /// Ends the others as crashes would and starts none again; what is left to do is to close.
    public void abandonAllBut(String name) {
        watch.shutdownNow();
        units.forEach((other, watched) -> {
            if (!other.equals(name)) {
                watched.kill();
            }
        });
    }

    @Override
    public void close() {
        watch.shutdownNow();
        var all = new ArrayList<>(units.values());
        // The services need not wait for each other; what they stand on stops after them.
        all.reversed().stream().limit(Math.max(0, all.size() - 2)).parallel().forEach(Watched::stop);
        all.reversed().forEach(Watched::stop);
    }

    private void look() {
        units.values().forEach(Watched::look);
    }

    private Watched watched(String name) {
        var watched = units.get(name);
        if (watched == null) {
            throw new NoSuchElementException("no process '" + name + "'; there are " + String.join(", ", names()));
        }
        return watched;
    }

    private static UnitState state(Watched watched) {
        var unit = watched.unit();
        var process = unit.process().map(ProcessHandle::pid).orElse(null);
        var state = process != null ? unit.ready() ? "ready" : "starting" : watched.wanted() ? "restarting" : "stopped";
        return new UnitState(unit.name(), state, process);
    }
}
