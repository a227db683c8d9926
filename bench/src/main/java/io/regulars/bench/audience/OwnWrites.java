package io.regulars.bench.audience;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.regulars.bench.measure.Spread;
import io.regulars.bench.report.Report;
import io.regulars.local.api.ApiClient;

/// That who writes a change and then asks is answered with it: a customer is changed over customer-service's
/// interface, and campaign-service asked again and again until it counts them so.
final class OwnWrites {

    private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);
    private static final String CUSTOMERS = "/api/customer/v1/customers";
    private static final String CUSTOMER = "reads-own-writes";

    private final Report report;
    private final ApiClient writer;
    private final AudienceBenchmark.Ours ours;

    OwnWrites(Report report, ApiClient writer, AudienceBenchmark.Ours ours) {
        this.report = report;
        this.writer = writer;
        this.ours = ours;
    }

    /// The first write makes the customer, each later one takes a tag away and gives another.
    void seen(int writes) throws Exception {
        var millis = new double[writes];
        try (var api = ours.open()) {
            for (var i = 0; i < writes; i++) {
                var tag = Question.tagged("written-" + i);
                report.check("tagged before write " + i, 0, api.count(tag).customers());
                writer.post(
                        CUSTOMERS,
                        Map.of("externalId", CUSTOMER, "name", "Own Writes", "tags", List.of("written-" + i)));
                millis[i] = untilSeen(api, tag);
                report.check("customers with the tag of write " + i, List.of(CUSTOMER), api.page(tag, Answers.PAGE));
                if (i > 0) {
                    report.check(
                            "customers with the tag before it",
                            0,
                            api.count(Question.tagged("written-" + (i - 1))).customers());
                }
            }
        }
        report.say(
                "Own writes: a customer is given another tag by POST to customer-service, and from its answer on campaign-service is asked until it counts them under it.");
        report.figure(
                "a change is seen after its answer within", Spread.of(millis).median(), "ms", null);
        report.figure("the slowest of " + writes, Spread.of(millis).greatest(), "ms", null);
    }

    private static double untilSeen(AudienceApi api, Question question) throws Exception {
        var written = System.nanoTime();
        while (api.count(question).customers() == 0 && System.nanoTime() - written < SEEN_WITHIN.toNanos()) {
            Thread.onSpinWait();
        }
        return (System.nanoTime() - written) / 1e6;
    }
}
