package io.regulars.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

import io.regulars.bench.report.ForMachines;
import io.regulars.bench.report.ForPeople;
import io.regulars.bench.report.Machine;
import io.regulars.bench.report.Report;
import io.regulars.bench.suite.Bench;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.suite.Options;
import io.regulars.bench.world.World;
import io.regulars.local.home.Alone;

/// What `./regulars bench` runs: 0 where all answers were right, 1 where one was wrong or a benchmark failed, 2 where
/// the command was not written as it must be. No time makes it fail.
public final class Main {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /// Of the short form, whose figures mean little: one benchmark waits for its processes while another one works.
    private static final int SIDE_BY_SIDE = 2;

    private Main() {}

    public static void main(String[] words) throws IOException {
        try {
            var options = Options.parse(List.of(words));
            var chosen = options.names().isEmpty() && options.quick()
                    ? Benchmarks.ALL
                    : options.names().stream().distinct().map(Benchmarks::named).toList();
            if (chosen.isEmpty()) {
                System.out.print(Benchmarks.list());
                return;
            }
            System.exit(run(Path.of(System.getProperty("regulars.root", "")).toAbsolutePath(), options, chosen));
        } catch (IllegalArgumentException e) {
            System.err.println("regulars bench: " + e.getMessage());
            System.exit(MISUSED);
        }
    }

    private static int run(Path root, Options options, List<Benchmark> chosen) throws IOException {
        var machine = Machine.describe(root);
        if (!options.json()) {
            machine.forEach((name, value) -> System.out.println(name + ": " + value));
        }
        var began = System.nanoTime();
        Function<Benchmark, Bench> bench = benchmark -> new Bench(
                root,
                options,
                line -> System.err.printf(
                        Locale.ROOT,
                        "  %6.1f s  %-9s  %s%n",
                        (System.nanoTime() - began) / 1e9,
                        benchmark.name(),
                        line));
        var reports = new ArrayList<Report>();
        var failures = new LinkedHashMap<String, String>();
        try (var _ = Alone.in(Bench.home(root, options));
                var lanes = Executors.newFixedThreadPool(options.quick() ? SIDE_BY_SIDE : 1)) {
            var runs = new LinkedHashMap<Benchmark, FutureTask<Report>>();
            chosen.forEach(
                    benchmark -> runs.put(benchmark, new FutureTask<>(() -> benchmark.run(bench.apply(benchmark)))));
            var sharing = options.quick() ? sharing(chosen) : List.<Benchmark>of();
            if (!sharing.isEmpty()) {
                lanes.execute(() -> onOneSystem(sharing, runs, bench.apply(sharing.getFirst())));
            }
            chosen.stream()
                    .filter(benchmark -> !sharing.contains(benchmark))
                    .forEach(benchmark -> lanes.execute(runs.get(benchmark)));
            runs.forEach((benchmark, run) -> told(benchmark, run, options, reports, failures));
        }
        System.out.println(ForMachines.line(machine, reports, failures));
        return failures.isEmpty() && reports.stream().allMatch(Report::right) ? 0 : FAILED;
    }

    /// Those that can run on one system, where there are several.
    private static List<Benchmark> sharing(List<Benchmark> chosen) {
        var can = chosen.stream()
                .filter(benchmark -> benchmark.shares().isPresent())
                .toList();
        return can.size() > 1 ? can : List.of();
    }

    /// One after the other. Where the shared system does not start, each of them tries with one of its own.
    private static void onOneSystem(List<Benchmark> sharing, Map<Benchmark, FutureTask<Report>> runs, Bench bench) {
        try {
            World.share(
                    bench,
                    sharing.stream()
                            .flatMap(benchmark -> benchmark.shares().stream())
                            .toList(),
                    () -> sharing.forEach(benchmark -> runs.get(benchmark).run()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sharing.forEach(benchmark -> runs.get(benchmark).run());
        }
    }

    private static void told(
            Benchmark benchmark,
            FutureTask<Report> run,
            Options options,
            List<Report> reports,
            Map<String, String> failures) {
        try {
            var report = run.get();
            reports.add(report);
            if (!options.json()) {
                System.out.print(ForPeople.text(report));
            }
        } catch (ExecutionException e) {
            failures.put(benchmark.name(), String.valueOf(e.getCause().getMessage()));
            System.err.println("regulars bench: " + benchmark.name() + " failed: " + trace(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + benchmark.name() + " ran", e);
        }
    }

    private static String trace(Throwable e) {
        var trace = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(trace));
        return trace.toString();
    }
}
