package io.regulars.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/// What came out, for people and for machines.
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINE = "%-24s %7s %7s %8s %9s %10s %11s%n";

    private record Sum(
            String fault, int rounds, long kills, long orders, long messages, long uncertain, long violations) {}

    private final long seed;
    private final String operations;
    private final List<Round.Outcome> outcomes;
    private final List<Sum> sums;

    Report(long seed, String operations, List<Round.Outcome> outcomes) {
        this.seed = seed;
        this.operations = operations;
        this.outcomes = List.copyOf(outcomes);
        this.sums = outcomes.stream()
                .collect(Collectors.groupingBy(Round.Outcome::fault, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> sum(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Sum sum(String fault, List<Round.Outcome> rounds) {
        return new Sum(
                fault,
                rounds.size(),
                rounds.stream().mapToLong(Round.Outcome::kills).sum(),
                rounds.stream().mapToLong(Round.Outcome::orders).sum(),
                rounds.stream().mapToLong(Round.Outcome::messages).sum(),
                rounds.stream().mapToLong(Round.Outcome::uncertain).sum(),
                rounds.stream().mapToLong(round -> round.violations().size()).sum());
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
