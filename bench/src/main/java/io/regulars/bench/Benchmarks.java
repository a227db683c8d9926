package io.regulars.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.regulars.bench.ingest.IngestBenchmark;
import io.regulars.bench.start.StartBenchmark;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.tick.TickBenchmark;

/// All there are.
final class Benchmarks {

    static final List<Benchmark> ALL = List.of(new IngestBenchmark(), new TickBenchmark(), new StartBenchmark());

    private Benchmarks() {}

    static Benchmark named(String name) {
        return ALL.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no benchmark '" + name + "'; there are "
                        + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "))));
    }

    static String list() {
        return ALL.stream()
                .map(benchmark -> String.format(Locale.ROOT, "%-10s %s%n", benchmark.name(), benchmark.about()))
                .collect(Collectors.joining());
    }
}
