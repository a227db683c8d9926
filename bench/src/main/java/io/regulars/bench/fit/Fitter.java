package io.regulars.bench.fit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.regulars.bench.measure.Contestant;
import io.regulars.bench.measure.Meter;
import io.regulars.bench.measure.ProcessTree;

/// A contestant in a process of its own, which holds a shop's rows in memory, says `ready`, and answers each
/// line that it is told by one of its own.
final class Fitter implements AutoCloseable {

    private static final long STOPS_WITHIN_SECONDS = 20;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final Path log;
    private Fit last;

    private Fitter(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.log = log;
    }

    /// Waits until it has read the rows.
    ///
    /// @param log where its errors go
    static Fitter start(String name, List<String> command, Path log) throws IOException {
        var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        var fitter = new Fitter(name, process, log);
        if (!"ready".equals(fitter.answer())) {
            fitter.close();
            throw new IllegalStateException(name + " did not become ready; its log is " + log);
        }
        return fitter;
    }

    String ask(String question) throws IOException {
        orders.write(question);
        orders.newLine();
        orders.flush();
        return answer();
    }

    private String answer() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException(name + " ended; its log is " + log);
        }
        return line;
    }

    Fit fit() throws IOException {
        last = Fit.read(ask("fit"));
        return last;
    }

    /// What it found the last time.
    Fit last() {
        return last;
    }

    /// Compared by fits for a second, without the start of the process.
    Contestant contestant() {
        return new Contestant(name, round -> {
            var meter = Meter.over(new ProcessTree(process.pid()));
            return meter.rate(1, 1 / fit().seconds());
        });
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
