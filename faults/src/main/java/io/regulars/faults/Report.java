package io.regulars.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.faults.oracle.Violation;

/// What came out, for people and for machines.
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINE = "%-24s %7s %7s %8s %9s %10s %11s%n";

    private record Sum(
            String fault, int rounds, long kills, long orders, long messages, long uncertain, long violations) {}

    private final long seed;
    private final String operations;
    private final List<Outcome> outcomes;
    private final List<Sum> sums;

    Report(long seed, String operations, List<Outcome> outcomes) {
        this.seed = seed;
        this.operations = operations;
        this.outcomes = List.copyOf(outcomes);
        this.sums = outcomes.stream()
                .collect(Collectors.groupingBy(Outcome::fault, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> sum(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Sum sum(String fault, List<Outcome> rounds) {
        return new Sum(
                fault,
                rounds.size(),
                rounds.stream().mapToLong(Outcome::kills).sum(),
                rounds.stream().mapToLong(Outcome::orders).sum(),
                rounds.stream().mapToLong(Outcome::messages).sum(),
                rounds.stream().mapToLong(Outcome::uncertain).sum(),
                rounds.stream().mapToLong(round -> round.violations().size()).sum());
    }

    /// Which seeds were used, how long a round took, what was violated by which seed.
    String summary() {
        var took = outcomes.stream().map(Outcome::took).sorted().toList();
        var lines = new StringBuilder("%d rounds, seeds %d to %d, %.1f s a round (median)%n"
                .formatted(
                        outcomes.size(),
                        outcomes.getFirst().seed(),
                        outcomes.getLast().seed(),
                        took.get(took.size() / 2).toMillis() / 1e3));
        outcomes.stream()
                .filter(outcome -> !outcome.violations().isEmpty())
                .forEach(outcome -> lines.append("violated with seed %d (%s): %s%n"
                        .formatted(
                                outcome.seed(),
                                outcome.fault(),
                                outcome.violations().stream()
                                        .map(Violation::invariant)
                                        .distinct()
                                        .toList())));
        return lines.toString();
    }

    boolean clean() {
        return outcomes.stream().allMatch(outcome -> outcome.violations().isEmpty());
    }

    String table() {
        var table = new StringBuilder();
        table.append(LINE.formatted("fault", "rounds", "kills", "orders", "messages", "uncertain", "violations"));
        sums.forEach(sum -> table.append(LINE.formatted(
                sum.fault(),
                sum.rounds(),
                sum.kills(),
                sum.orders(),
                sum.messages(),
                sum.uncertain(),
                sum.violations())));
        return table.toString();
    }

    String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("seed", seed);
        report.put("rounds", outcomes.size());
        report.put("kills", sums.stream().mapToLong(Sum::kills).sum());
        report.put("operations", operations);
        report.put("faults", sums);
        report.put(
                "violations",
                outcomes.stream()
                        .flatMap(outcome -> outcome.violations().stream()
                                .map(violation -> Map.of(
                                        "fault",
                                        outcome.fault(),
                                        "seed",
                                        outcome.seed(),
                                        "invariant",
                                        violation.invariant(),
                                        "what",
                                        violation.what(),
                                        "evidence",
                                        violation.evidence())))
                        .toList());
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
