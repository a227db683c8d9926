package io.regulars.bench.report;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.regulars.bench.measure.Sample;
import io.regulars.bench.measure.Spread;

/// A report as text.
public final class ForPeople {

    private ForPeople() {}

    public static String text(Report report) {
        var text = new StringBuilder();
        text.append("\n== ").append(report.nameWithForm()).append(" ==\n\n");
        report.sentences()
                .forEach(sentence -> text.append("  ").append(sentence).append('\n'));
        text.append("\n  ")
                .append(report.facts().entrySet().stream()
                        .map(fact -> fact.getKey() + " " + fact.getValue())
                        .collect(Collectors.joining("; ", "", "; seed " + report.seed() + "\n\n")));
        races(report, text);
        latencies(report, text);
        figures(report, text);
        report.missing()
                .forEach((peer, reason) -> text.append("  not measured against ")
                        .append(peer)
                        .append(": ")
                        .append(reason)
                        .append('\n'));
        checks(report, text);
        return text.toString();
    }

    private static void races(Report report, StringBuilder text) {
        var ratios = new Table("ratio", "median", "least", "greatest", "goal", "", "rounds");
        var values = new Table("contestant", "median", "least", "greatest", "unit", "CPU s / 1,000", "peak memory");
        for (var compared : report.races()) {
            var race = compared.race();
            var ratio = race.ratio();
            ratios.row(
                    race.name() + ": " + race.ourName() + " / " + race.theirName(),
                    Numbers.plain(ratio.median()),
                    Numbers.plain(ratio.least()),
                    Numbers.plain(ratio.greatest()),
                    compared.goal().map(Goal::toString).orElse("–"),
                    verdict(compared.goal(), ratio.median()),
                    Integer.toString(race.ours().size()));
            values(values, race.name() + ": " + race.ourName(), race.ourValue(), race.ours(), compared.unit());
            values(values, race.name() + ": " + race.theirName(), race.theirValue(), race.theirs(), compared.unit());
        }
        if (!ratios.empty()) {
            text.append(ratios.text()).append('\n').append(values.text()).append('\n');
        }
        for (var compared : report.races()) {
            if (compared.race().noisy()) {
                text.append(String.format(
                        Locale.ROOT,
                        "  noisy: %s itself spread by %.0f %% in “%s”%n",
                        compared.race().theirName(),
                        compared.race().theirValue().width() * 100,
                        compared.race().name()));
            }
        }
    }

    private static void values(Table table, String name, Spread values, java.util.List<Sample> samples, String unit) {
        table.row(
                name,
                Numbers.plain(values.median()),
                Numbers.plain(values.least()),
                Numbers.plain(values.greatest()),
                unit,
                Numbers.plain(cpu(samples)),
                Numbers.megabytes(
                        samples.stream().mapToLong(Sample::peakBytes).max().orElse(0)));
    }

    static double cpu(java.util.List<Sample> samples) {
        return Spread.of(samples.stream()
                        .mapToDouble(Sample::cpuSecondsPerThousand)
                        .toArray())
                .median();
    }

    private static void latencies(Report report, StringBuilder text) {
        var table =
                new Table("latency, open loop (ms)", "offered/s", "answered/s", "p50", "p90", "p99", "max", "goal", "");
        for (var timed : report.latencies()) {
            var latency = timed.latency();
            table.row(
                    timed.name(),
                    Numbers.plain(latency.offered()),
                    Numbers.plain(latency.answered()),
                    Numbers.plain(latency.p50()),
                    Numbers.plain(latency.p90()),
                    Numbers.plain(latency.p99()),
                    Numbers.plain(latency.max()),
                    timed.p99Goal().map(goal -> "p99 " + goal).orElse("–"),
                    verdict(timed.p99Goal(), latency.p99()));
        }
        if (!table.empty()) {
            text.append(table.text()).append('\n');
        }
    }

    private static void figures(Report report, StringBuilder text) {
        var table = new Table("figure", "value", "unit", "goal", "");
        for (var figure : report.figures()) {
            table.row(
                    figure.name(),
                    Numbers.plain(figure.value()),
                    figure.unit(),
                    figure.goal().map(Goal::toString).orElse("–"),
                    verdict(figure.goal(), figure.value()));
        }
        if (!table.empty()) {
            text.append(table.text()).append('\n');
        }
    }

    private static void checks(Report report, StringBuilder text) {
        var wrong = report.checks().stream().filter(check -> !check.right()).toList();
        text.append("  answers checked: ")
                .append(report.checks().size())
                .append(", wrong: ")
                .append(wrong.size())
                .append('\n');
        wrong.forEach(check -> text.append("  WRONG ")
                .append(check.name())
                .append(": must be ")
                .append(check.expected())
                .append(", is ")
                .append(check.actual())
                .append('\n'));
    }

    private static String verdict(Optional<Goal> goal, double figure) {
        return goal.map(wanted -> wanted.met(figure) ? "met" : "missed").orElse("");
    }
}
