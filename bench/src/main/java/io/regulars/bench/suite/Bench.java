package io.regulars.bench.suite;

import java.nio.file.Path;
import java.util.function.Consumer;

import io.regulars.bench.report.Report;

/// What a benchmark runs in.
///
/// @param root the project's folder
/// @param progress told what goes on, for people who wait
public record Bench(Path root, Options options, Consumer<String> progress) {

    public boolean quick() {
        return options.quick();
    }

    public long seed() {
        return options.seed();
    }

    /// As many as asked for, else the benchmark's own number.
    public int customers(int usual, int quick) {
        return Math.toIntExact(options.customers().orElse(quick() ? quick : usual));
    }

    /// Five, or one where it must be quick.
    public int rounds() {
        return rounds(5, 1);
    }

    public int rounds(int usual, int quick) {
        return Math.toIntExact(options.rounds().orElse(quick() ? quick : usual));
    }

    /// One of two, by the form that was asked for.
    public <T> T pick(T usual, T quick) {
        return quick() ? quick : usual;
    }

    /// The folder of all systems under test.
    public static Path home(Path root, Options options) {
        return options.home().orElse(root.resolve("bench/target/home"));
    }

    /// The folder of this benchmark's systems.
    public Path home(String benchmark) {
        return home(root, options).resolve(benchmark);
    }

    public Report report(Benchmark benchmark) {
        return new Report(benchmark.name(), seed(), quick());
    }
}
