package io.regulars.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.regulars.bench.measure.Latency;
import io.regulars.bench.measure.Race;

/// What one benchmark did and saw.
public final class Report {

    private final String name;
    private final long seed;
    private final boolean quick;
    private final List<String> sentences = new ArrayList<>();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<Compared> races = new ArrayList<>();
    private final List<Timed> latencies = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    record Compared(Race race, String unit, Optional<Goal> goal) {}

    record Timed(String name, Latency latency, Optional<Goal> p99Goal) {}

    record Figure(String name, double value, String unit, Optional<Goal> goal) {}

    record Check(String name, String expected, String actual) {
        boolean right() {
            return expected.equals(actual);
        }
    }

    public Report(String name, long seed, boolean quick) {
        this.name = name;
        this.seed = seed;
        this.quick = quick;
    }

    /// Says in a sentence what is done.
    public void say(String sentence) {
        sentences.add(sentence);
    }

    /// A setting, a version, a number of rows.
    public void fact(String name, Object value) {
        facts.put(name, value);
    }

    /// @param unit of the values that were compared: `orders/s`, `s`
    public void race(Race race, String unit, Goal goal) {
        races.add(new Compared(race, unit, Optional.ofNullable(goal)));
    }

    public void latency(String name, Latency latency, Goal p99Goal) {
        latencies.add(new Timed(name, latency, Optional.ofNullable(p99Goal)));
    }

    /// A figure that stands alone.
    public void figure(String name, double value, String unit, Goal goal) {
        figures.add(new Figure(name, value, unit, Optional.ofNullable(goal)));
    }

    /// Compares an answer with what it must be; unequal ones fail the benchmark.
    public void check(String name, Object expected, Object actual) {
        checks.add(new Check(name, Objects.toString(expected), Objects.toString(actual)));
    }

    /// A contestant that could not be had, and why.
    public void missing(String peer, String reason) {
        missing.put(peer, reason);
    }

    public String name() {
        return name;
    }

    /// Whether all answers were right.
    public boolean right() {
        return checks.stream().allMatch(Check::right);
    }

    String nameWithForm() {
        return name + (quick ? " (quick)" : "");
    }

    long seed() {
        return seed;
    }

    boolean quick() {
        return quick;
    }

    List<String> sentences() {
        return sentences;
    }

    Map<String, Object> facts() {
        return facts;
    }

    List<Compared> races() {
        return races;
    }

    List<Timed> latencies() {
        return latencies;
    }

    List<Figure> figures() {
        return figures;
    }

    List<Check> checks() {
        return checks;
    }

    Map<String, String> missing() {
        return missing;
    }
}
