package io.regulars.bench.world;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Processes that stand still while work is laid before them, so that the clock starts when they may go on: however the
/// work comes to them, nothing of it is done before.
public final class Held implements AutoCloseable {

    private final long[] processes;
    private boolean held;

    private Held(long[] processes) {
        this.processes = processes;
    }

    public static Held stop(long... processes) throws IOException, InterruptedException {
        var held = new Held(processes);
        held.signal("-STOP");
        held.held = true;
        return held;
    }

    public void letGo() throws IOException, InterruptedException {
        if (held) {
            held = false;
            signal("-CONT");
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", signal));
        Arrays.stream(processes).mapToObj(Long::toString).forEach(command::add);
        var status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("kill %s of %s failed".formatted(signal, Arrays.toString(processes)));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            letGo();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
