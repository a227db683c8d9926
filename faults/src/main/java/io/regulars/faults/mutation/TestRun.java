package io.regulars.faults.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Some tests of one module of the working copy, compiled and run by Maven without a network while nothing is broken.
final class TestRun {

    /// How it ended.
    enum End {
        GREEN,
        RED,
        /// What was compiled is no program, or no SQL: red says nothing of the test.
        BROKEN,
        /// No end within the time.
        HUNG
    }

    /// @param says the first failure in one line, or why there was none
    record Result(End end, int tests, String says, Duration took) {}

    /// Seen in what a test of a mutant prints whose SQL is none.
    private static final List<String> NO_SQL = List.of(
            "ERROR: syntax error",
            "ERROR: column ",
            "ERROR: could not determine data type",
            "ERROR: operator does not exist",
            "ERROR: there is no unique or exclusion constraint",
            "Superfluous named parameters");

    private static final int LONGEST = 160;

    /// A quarter of the processor time of such a run.
    private static final String OVER_BEFORE_C2_PAYS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Path copy;
    private final Path logs;
    private final Duration patience;

    TestRun(Path copy, Path logs, Duration patience) {
        this.copy = copy;
        this.logs = logs;
        this.patience = patience;
    }

    Result run(String name, String module, Collection<String> tests) throws InterruptedException {
        var began = System.nanoTime();
        var log = logs.resolve(name + ".log");
        var reports = new TestReports(copy.resolve(module).resolve("target/surefire-reports"));
        try {
            Files.createDirectories(logs);
            reports.clear();
            var building = new ProcessBuilder(command(module, tests))
                    .directory(copy.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            building.environment().putIfAbsent("MAVEN_OPTS", OVER_BEFORE_C2_PAYS);
            var ended = ends(building.start(), patience);
            var took = Duration.ofNanos(System.nanoTime() - began);
            if (!ended) {
                return new Result(End.HUNG, 0, "no end within " + patience.toSeconds() + " s", took);
            }
            return result(reports.read(), Files.readString(log), took);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for the process, and ends it with all that it started where the patience is over.
    static boolean ends(Process process, Duration patience) throws InterruptedException {
        var ended = false;
        try {
            ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        }
        return ended;
    }

    private static Result result(TestReports.Sum sum, String log, Duration took) {
        return sum.tests() == 0
                ? new Result(End.BROKEN, 0, firstError(log), took)
                : judged(new TestMain.Outcome(sum.tests(), sum.failed(), sum.first()), log + sum.text(), took);
    }

    /// @param text what was printed
    static Result judged(TestMain.Outcome outcome, String text, Duration took) {
        if (outcome.failed() == 0) {
            return outcome.tests() > 0
                    ? new Result(End.GREEN, outcome.tests(), outcome.tests() + " tests green", took)
                    : new Result(End.BROKEN, 0, "no test ran", took);
        }
        return NO_SQL.stream()
                .filter(text::contains)
                .findFirst()
                .map(words -> new Result(End.BROKEN, outcome.tests(), words, took))
                .orElseGet(() -> new Result(End.RED, outcome.tests(), shortened(outcome.first()), took));
    }

    private static String shortened(String line) {
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line;
    }

    private static String firstError(String log) {
        return log.lines()
                .filter(line -> line.startsWith("[ERROR]") && !line.contains("COMPILATION ERROR"))
                .findFirst()
                .orElse("no test ran");
    }

    private static List<String> command(String module, Collection<String> tests) {
        return new ArrayList<>(List.of(
                "mvn",
                "-B",
                "-ntp",
                "-q",
                "-o",
                "test",
                "-pl",
                module,
                "-am",
                "-Dtest=" + String.join(",", tests),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dspotless.skip=true",
                "-Denforcer.skip=true"));
    }
}
