package io.regulars.faults.mutation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/// Runs tests in a process of their own, with the class path of their module: what Maven forks, without Maven. Its
/// arguments are a file for the [Outcome], a class, and names of methods of it, none for all.
final class TestMain {

    private static final int MOST_FRAMES = 40;

    /// What it writes into its file, a line for each.
    ///
    /// @param first the first failure in one line, empty where there is none
    record Outcome(int tests, int failed, String first) {

        static Outcome read(Path file) throws IOException {
            var lines = Files.readAllLines(file);
            return new Outcome(Integer.parseInt(lines.get(0)), Integer.parseInt(lines.get(1)), lines.get(2));
        }

        private void write(Path file) throws IOException {
            Files.write(file, List.of(String.valueOf(tests), String.valueOf(failed), first));
        }
    }

    private TestMain() {}

    public static void main(String[] words) throws IOException {
        var test = words[1];
        var methods = List.of(words).subList(2, words.length);
        var summary = new SummaryGeneratingListener();
        // the session comes first: it decides which class loader finds the tests
        try (var session = LauncherFactory.openSession()) {
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectors(test, methods))
                    .build();
            session.getLauncher().execute(request, summary);
        }
        var made = summary.getSummary();
        made.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), MOST_FRAMES);
        outcome(made).write(Path.of(words[0]));
        System.exit(made.getTotalFailureCount() == 0 ? 0 : 1);
    }

    private static Outcome outcome(TestExecutionSummary made) {
        var first = made.getFailures().stream()
                .findFirst()
                .map(failure -> failure.getTestIdentifier().getDisplayName() + ": " + failure.getException())
                .orElse("");
        return new Outcome(
                Math.toIntExact(made.getTestsStartedCount()),
                Math.toIntExact(made.getTotalFailureCount()),
                first.replaceAll("\\s+", " "));
    }

    private static List<DiscoverySelector> selectors(String test, List<String> methods) {
        if (methods.isEmpty()) {
            return List.of(DiscoverySelectors.selectClass(test));
        }
        var all = declared(test);
        return methods.stream()
                .flatMap(name -> all.stream()
                        .filter(method -> method.getName().equals(name))
                        .map(method -> DiscoverySelectors.selectMethod(test, name, parameters(method))))
                .map(DiscoverySelector.class::cast)
                .toList();
    }

    /// Those of the classes above it too.
    private static List<Method> declared(String test) {
        try {
            return Stream.<Class<?>>iterate(
                            Class.forName(test, false, TestMain.class.getClassLoader()),
                            one -> one != null && one != Object.class,
                            Class::getSuperclass)
                    .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
                    .filter(method -> !method.isSynthetic())
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException("no test class " + test, e));
        }
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getName).collect(Collectors.joining(","));
    }
}
