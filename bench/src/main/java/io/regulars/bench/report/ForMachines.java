package io.regulars.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.Spread;

/// Reports as one line of JSON.
public final class ForMachines {

    private ForMachines() {}

    public static String line(Map<String, Object> machine, List<Report> reports, Map<String, String> failures) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("ok", failures.isEmpty() && reports.stream().allMatch(Report::right));
        whole.put("machine", machine);
        whole.put("benchmarks", reports.stream().map(ForMachines::report).toList());
        whole.put("failures", failures);
        try {
            return new ObjectMapper().writeValueAsString(whole);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> report(Report report) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", report.name());
        json.put("quick", report.quick());
        json.put("seed", report.seed());
        json.put("done", report.sentences());
        json.put("facts", report.facts());
        json.put("ratios", report.races().stream().map(ForMachines::race).toList());
        json.put(
                "latencies",
                report.latencies().stream().map(ForMachines::latency).toList());
        json.put("figures", report.figures().stream().map(ForMachines::figure).toList());
        json.put("missing", report.missing());
        json.put("checked", report.checks().size());
        var wrong = new ArrayList<Map<String, String>>();
        report.checks().stream()
                .filter(check -> !check.right())
                .forEach(check -> wrong.add(
                        Map.of("name", check.name(), "expected", check.expected(), "actual", check.actual())));
        json.put("wrong", wrong);
        return json;
    }

    private static Map<String, Object> race(Report.Compared compared) {
        var race = compared.race();
        var json = new LinkedHashMap<String, Object>();
        json.put("name", race.name());
        json.put("unit", compared.unit());
        json.put("ratio", spread(race.ratio()));
        goal(json, compared.goal(), race.ratio().median());
        json.put("noisy", race.noisy());
        json.put("rounds", race.ours().size());
        json.put("ours", contestant(race.ourName(), race.ourValue(), race.ours()));
        json.put("theirs", contestant(race.theirName(), race.theirValue(), race.theirs()));
        return json;
    }

    private static Map<String, Object> contestant(String name, Spread value, List<Sample> samples) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("value", spread(value));
        json.put("cpuSecondsPerThousand", Numbers.rounded(ForPeople.cpu(samples)));
        json.put(
                "peakBytes", samples.stream().mapToLong(Sample::peakBytes).max().orElse(0));
        return json;
    }

    private static Map<String, Object> latency(Report.Timed timed) {
        var latency = timed.latency();
        var json = new LinkedHashMap<String, Object>();
        json.put("name", timed.name());
        json.put("offeredPerSecond", Numbers.rounded(latency.offered()));
        json.put("answeredPerSecond", Numbers.rounded(latency.answered()));
        json.put("count", latency.count());
        json.put("p50Millis", Numbers.rounded(latency.p50()));
        json.put("p90Millis", Numbers.rounded(latency.p90()));
        json.put("p99Millis", Numbers.rounded(latency.p99()));
        json.put("maxMillis", Numbers.rounded(latency.max()));
        goal(json, timed.p99Goal(), latency.p99());
        return json;
    }

    private static Map<String, Object> figure(Report.Figure figure) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", figure.name());
        json.put("value", Numbers.rounded(figure.value()));
        json.put("unit", figure.unit());
        goal(json, figure.goal(), figure.value());
        return json;
    }

    private static void goal(Map<String, Object> json, Optional<Goal> goal, double figure) {
        goal.ifPresent(wanted -> {
            json.put("goal", wanted.toString());
            json.put("met", wanted.met(figure));
        });
    }

    private static Map<String, Double> spread(Spread spread) {
        var json = new LinkedHashMap<String, Double>();
        json.put("median", Numbers.rounded(spread.median()));
        json.put("least", Numbers.rounded(spread.least()));
        json.put("greatest", Numbers.rounded(spread.greatest()));
        return json;
    }
}
