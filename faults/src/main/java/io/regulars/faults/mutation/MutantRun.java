package io.regulars.faults.mutation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import io.regulars.faults.mutation.TestRun.End;
import io.regulars.faults.mutation.TestRun.Result;

/// The test of one guard against the one file in which it is missing: that file alone is compiled, and the test is run
/// as Maven ran it when all was whole, with the class path and properties of then. With Maven around it a trial takes
/// half as long again.
final class MutantRun {

    private static final Pattern ARGUMENTS = Pattern.compile("<argLine>(.*?)</argLine>", Pattern.DOTALL);
    private static final List<String> PROPERTIES =
            List.of("basedir", "java.util.logging.manager", "maven.home", "user.timezone");
    private static final String CLASS_PATH = "surefire.test.class.path";

    private final Path copy;
    private final Path logs;
    private final Duration patience;
    private final Map<String, Map<String, String>> propertiesByModule = new TreeMap<>();

    MutantRun(Path copy, Path logs, Duration patience) {
        this.copy = copy;
        this.logs = logs;
        this.patience = patience;
    }

    /// The file as it stands in the copy.
    Result run(Guard guard) throws InterruptedException {
        var began = System.nanoTime();
        try {
            var wrong = compile(guard, copy.resolve(guard.file()));
            if (!wrong.isEmpty()) {
                return new Result(End.BROKEN, 0, wrong, since(began));
            }
            var outcome = logs.resolve(guard.name() + ".outcome");
            Files.deleteIfExists(outcome);
            var log = logs.resolve(guard.name() + ".log");
            if (!TestRun.ends(fork(guard, outcome, log), patience)) {
                return new Result(End.HUNG, 0, "no end within " + patience.toSeconds() + " s", since(began));
            }
            return Files.exists(outcome)
                    ? TestRun.judged(TestMain.Outcome.read(outcome), Files.readString(log), since(began))
                    : new Result(End.BROKEN, 0, "no test ran; see " + log, since(began));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the first error, or nothing
    String compile(Guard guard, Path source) throws IOException {
        var found = new DiagnosticCollector<JavaFileObject>();
        var options = List.of(
                "-proc:none",
                "-parameters",
                "-g",
                "-nowarn",
                "-cp",
                property(guard.module(), CLASS_PATH),
                "-d",
                copy.resolve(guard.module()).resolve("target/classes").toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var made = compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(source))
                    .call();
            return made
                    ? ""
                    : found.getDiagnostics()
                            .getFirst()
                            .getMessage(Locale.ROOT)
                            .lines()
                            .findFirst()
                            .orElse("no class");
        }
    }

    private Process fork(Guard guard, Path outcome, Path log) throws IOException {
        var module = guard.module();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        var arguments = ARGUMENTS.matcher(Files.readString(copy.resolve("pom.xml")));
        if (arguments.find()) {
            command.addAll(List.of(arguments.group(1).strip().split("\\s+")));
        }
        for (var name : PROPERTIES) {
            command.add("-D" + name + "=" + property(module, name));
        }
        command.add("-cp");
        command.add(property(module, CLASS_PATH) + File.pathSeparator + own());
        command.add(TestMain.class.getName());
        command.add(outcome.toString());
        command.add(guard.testClassName(copy));
        command.addAll(guard.testMethods());
        return new ProcessBuilder(command)
                .directory(copy.resolve(module).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private String property(String module, String name) {
        var value = propertiesByModule
                .computeIfAbsent(
                        module,
                        key -> new TestReports(copy.resolve(key).resolve("target/surefire-reports")).properties())
                .get(name);
        if (value == null) {
            throw new IllegalStateException("no report of " + module + "'s tests tells " + name);
        }
        return value;
    }

    private static Path own() {
        try {
            return Path.of(TestMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
