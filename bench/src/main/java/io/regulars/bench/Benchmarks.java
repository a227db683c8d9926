package io.regulars.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.regulars.bench.audience.AudienceBenchmark;
import io.regulars.bench.fit.FitBenchmark;
import io.regulars.bench.ingest.IngestBenchmark;
import io.regulars.bench.journey.JourneyBenchmark;
import io.regulars.bench.recompute.RecomputeBenchmark;
import io.regulars.bench.relay.RelayBenchmark;
import io.regulars.bench.score.ScoreBenchmark;
import io.regulars.bench.send.SendBenchmark;
import io.regulars.bench.send.SmsBenchmark;
import io.regulars.bench.start.StartBenchmark;
import io.regulars.bench.suite.Benchmark;
import io.regulars.bench.tick.TickBenchmark;

/// All there are; a short one last, since two run side by side in the short form.
final class Benchmarks {

    static final List<Benchmark> ALL = List.of(
            new IngestBenchmark(),
            new RelayBenchmark(),
            new StartBenchmark(),
            new ScoreBenchmark(),
            new JourneyBenchmark(),
            new RecomputeBenchmark(),
            new TickBenchmark(),
            new AudienceBenchmark(),
            new SendBenchmark(),
            new SmsBenchmark(),
            new FitBenchmark());

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
