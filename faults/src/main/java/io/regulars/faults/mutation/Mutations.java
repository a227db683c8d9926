package io.regulars.faults.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/// `./regulars faults mutations`: takes each guard away, one at a time, and asks the test that is to notice.
public final class Mutations {

    private static final int NOT_NOTICED = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration PATIENCE_WITH_ALL = Duration.ofMinutes(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final WorkingCopy copy;
    private final Path logs;
    private final MutantRun mutants;
    private final long until;
    private final Consumer<String> says;
    private final List<Trial> trials = new ArrayList<>();

    private Mutations(Path root, Duration within, Consumer<String> says) {
        this.root = root;
        this.copy = new WorkingCopy(root, root.resolve("faults/target/mutation/sources"));
        this.logs = root.resolve("faults/target/mutation/logs");
        this.mutants = new MutantRun(copy.folder(), logs, PATIENCE);
        this.until = System.nanoTime() + within.toNanos();
        this.says = says;
    }

    /// @param words names of guards or of modules; none for all; `--list` to see them; `--within SECONDS` to begin no
    ///     other after that
    /// @return the exit code: 0 where a test noticed each of them
    public static int run(Path root, List<String> words) throws InterruptedException {
        var names = new ArrayList<String>();
        var within = Duration.ofDays(1);
        var list = false;
        for (var i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "--list" -> list = true;
                case "--within" -> within = seconds(words, ++i);
                case String word
                when word.startsWith("-") -> throw new IllegalArgumentException("unknown option " + word);
                case String word -> names.add(word);
            }
        }
        var guards = Guards.chosen(names);
        if (list) {
            guards.forEach(guard -> System.out.printf("%-38s %-18s %s%n", guard.name(), guard.module(), guard.why()));
            return 0;
        }
        return new Mutations(root.toAbsolutePath().normalize(), within, System.out::println).of(guards);
    }

    private static Duration seconds(List<String> words, int at) {
        try {
            return Duration.ofSeconds(Long.parseLong(words.get(at)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("--within takes a number of seconds", e);
        }
    }

    private int of(List<Guard> guards) throws InterruptedException {
        guards.forEach(guard -> guard.takenFrom(root));
        copy.bringUpToDate();
        var byModule =
                guards.stream().collect(Collectors.groupingBy(Guard::module, LinkedHashMap::new, Collectors.toList()));
        for (var entry : byModule.entrySet()) {
            if (timeIsLeft() && !greenBefore(entry.getKey(), entry.getValue())) {
                return NOT_NOTICED;
            }
            for (var guard : entry.getValue()) {
                if (timeIsLeft()) {
                    var trial = trial(guard);
                    says.accept(trial.line().stripTrailing());
                    trials.add(trial);
                }
            }
        }
        print(guards.stream().map(Guard::name).filter(this::untried).toList());
        return trials.stream().allMatch(Trial::noticed) ? 0 : NOT_NOTICED;
    }

    private boolean timeIsLeft() {
        return System.nanoTime() < until;
    }

    private boolean untried(String guard) {
        return trials.stream().noneMatch(trial -> trial.guard().name().equals(guard));
    }

    /// Asked once of the same sources.
    private boolean greenBefore(String module, List<Guard> guards) throws InterruptedException {
        var known = copy.green(module);
        var tests = guards.stream()
                .map(Guard::test)
                .distinct()
                .filter(test -> !known.contains(test))
                .sorted()
                .toList();
        if (tests.isEmpty()) {
            return true;
        }
        var result = new TestRun(copy.folder(), logs, PATIENCE_WITH_ALL).run(module, module, tests);
        says.accept("%s unbroken: %s, %.1f s"
                .formatted(module, result.says(), result.took().toMillis() / 1_000.0));
        if (result.end() != TestRun.End.GREEN) {
            says.accept("the tests must be green before anything is taken away; see " + logs.resolve(module + ".log"));
            return false;
        }
        copy.noteGreen(module, tests);
        return true;
    }

    private Trial trial(Guard guard) throws InterruptedException {
        copy.take(guard);
        try {
            return new Trial(guard, mutants.run(guard));
        } finally {
            whole(guard);
        }
    }

    /// The class before the source: what is broken off between is seen by the source, and made anew.
    private void whole(Guard guard) {
        try {
            var wrong = mutants.compile(guard, root.resolve(guard.file()));
            if (!wrong.isEmpty()) {
                throw new IllegalStateException(guard.file() + " does not compile as it is: " + wrong);
            }
            copy.putBack(guard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(List<String> untried) {
        System.out.println();
        System.out.print(Trial.header());
        trials.forEach(trial -> System.out.print(trial.line()));
        if (!untried.isEmpty()) {
            System.out.println("not tried in this time: " + String.join(" ", untried));
        }
        var report = new LinkedHashMap<String, Object>();
        report.put("guards", trials.size());
        report.put("noticed", trials.stream().filter(Trial::noticed).count());
        report.put(
                "others",
                trials.stream()
                        .filter(trial -> !trial.noticed())
                        .map(trial -> Map.of("guard", trial.guard().name(), "verdict", trial.verdict()))
                        .toList());
        report.put("untried", untried);
        try {
            System.out.println(JSON.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
