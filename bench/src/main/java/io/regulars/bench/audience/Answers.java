package io.regulars.bench.audience;

import java.util.HashSet;
import java.util.Locale;

import io.regulars.bench.report.Report;

/// That all give the same answers. Pages are in an order of each one's own, so what is checked is whom they hold.
final class Answers {

    static final int PAGE = 50;

    private final Report report;
    private final DuckAudience oracle;

    Answers(Report report, DuckAudience oracle) {
        this.report = report;
        this.oracle = oracle;
    }

    void checked(AudienceBenchmark.Ours ours, Peer other) throws Exception {
        try (var api = ours.open()) {
            for (var question : Question.ALL) {
                var expected = oracle.count(question);
                report.fact(question.name(), String.format(Locale.ROOT, "%,d customers", expected.customers()));
                check(question, expected, api);
                check(question, expected, other);
            }
        }
    }

    private void check(Question question, Counted expected, Peer who) throws Exception {
        report.check(who.name() + ": count of " + question.name(), expected, who.count(question));
        var page = who.page(question, PAGE);
        report.check(
                who.name() + ": distinct customers on a page of " + question.name(),
                Math.min(PAGE, expected.customers()),
                (long) new HashSet<>(page).size());
        report.check(
                who.name() + ": of these, picked by DuckDB as well", (long) page.size(), oracle.among(question, page));
    }
}
