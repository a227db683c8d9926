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

/// Some tests of one module of the working copy, compiled and run by Maven without a network.
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

    /// A quarter of the processor time of a trial.
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
            var process = building.start();
            var ended = false;
            try {
                ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                }
            }
            var took = Duration.ofNanos(System.nanoTime() - began);
            if (!ended) {
                return new Result(End.HUNG, 0, "no end within " + patience.toSeconds() + " s", took);
            }
            return result(process.exitValue(), reports.read(), Files.readString(log), took);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result result(int exit, TestReports.Sum sum, String log, Duration took) {
        if (exit == 0 && sum.tests() > 0) {
            return new Result(End.GREEN, sum.tests(), sum.tests() + " tests green", took);
        }
        if (sum.failed() == 0) {
            return new Result(End.BROKEN, sum.tests(), firstError(log), took);
        }
        var noSql = NO_SQL.stream()
                .filter(words -> log.contains(words) || sum.text().contains(words))
                .findFirst();
        return noSql.isPresent()
                ? new Result(End.BROKEN, sum.tests(), noSql.get(), took)
                : new Result(End.RED, sum.tests(), sum.first(), took);
    }

    private static String firstError(String log) {
        return log.lines()
                .filter(line -> line.startsWith("[ERROR]") && !line.contains("COMPILATION ERROR"))
                .findFirst()
                .orElse("no test ran");
    }

    /// Only what changed is compiled: a mutant changes no signature.
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
                "-Denforcer.skip=true",
                "-Dmaven.compiler.useIncrementalCompilation=false"));
    }
}
