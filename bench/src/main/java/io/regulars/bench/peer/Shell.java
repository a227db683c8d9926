package io.regulars.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Runs a command to its end.
final class Shell {

    private Shell() {}

    /// @param output of both streams
    record Outcome(int status, String output) {
        boolean well() {
            return status == 0;
        }

        String firstLine() {
            return output.lines().findFirst().orElse("no output");
        }

        String lastLine() {
            return output.isBlank()
                    ? "no output"
                    : output.strip().lines().toList().getLast();
        }
    }

    static Outcome run(ProcessBuilder builder) throws InterruptedException {
        try {
            var process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            return new Outcome(-1, String.valueOf(e.getMessage()));
        }
    }
}
