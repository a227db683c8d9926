package io.regulars.faults.rig;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Stops processes in their tracks and lets them go on, with all that they started.
final class Signals {

    private Signals() {}

    static void stop(ProcessHandle process) {
        send("-STOP", process);
    }

    static void goOn(ProcessHandle process) {
        send("-CONT", process);
    }

    private static void send(String signal, ProcessHandle process) {
        var command = new ArrayList<>(List.of("kill", signal));
        Stream.concat(Stream.of(process), process.descendants())
                .map(one -> Long.toString(one.pid()))
                .forEach(command::add);
        try {
            // One of many may have ended meanwhile: the others were reached all the same.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("kill " + signal + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
