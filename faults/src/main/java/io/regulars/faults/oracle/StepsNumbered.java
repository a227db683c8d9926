package io.regulars.faults.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/// I4: each customer's steps are numbered without gaps, and each is published by one version of the score.
final class StepsNumbered implements Invariant {

    private static final List<String> DIMENSIONS = List.of("tier", "group", "stage", "churn");

    private static final String STEPS = """
            select customer_id, dimension, seq, key, previous from score_step
            where merchant_id = ? order by customer_id, dimension, seq
            """;

    private static final String LAST = """
            select customer_id, version, tier_seq, group_seq, stage_seq, churn_seq from score where merchant_id = ?
            """;

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I4");
        for (var shop : evidence.shops()) {
            kept(finding, evidence, shop.merchantId());
            published(finding, evidence, shop.merchantId());
        }
        return finding.violations();
    }

    private static void kept(Finding finding, Evidence evidence, int merchant) {
        var owner = "";
        var seq = 0L;
        String key = null;
        for (var row : evidence.scoring().rows(STEPS, merchant)) {
            var now = row.text("customer_id") + " " + row.text("dimension");
            if (!now.equals(owner)) {
                owner = now;
                seq = 0;
                key = null;
            }
            finding.unless(row.number("seq") == seq + 1, "a step has no predecessor", merchant + ": " + row);
            finding.unless(
                    java.util.Objects.equals(row.text("previous"), key),
                    "a step does not begin where the one before ended",
                    merchant + ": " + row);
            seq = row.number("seq");
            key = row.text("key");
        }
    }

    private static void published(Finding finding, Evidence evidence, int merchant) {
        var byCustomer = new TreeMap<Long, TreeMap<Long, List<JsonNode>>>();
        evidence.scores().stream()
                .filter(event -> event.path("merchantId").asInt() == merchant)
                .forEach(event -> byCustomer
                        .computeIfAbsent(event.path("customerId").asLong(), key -> new TreeMap<>())
                        .computeIfAbsent(event.path("version").asLong(), key -> new ArrayList<>())
                        .add(event));
        for (var row : evidence.scoring().rows(LAST, merchant)) {
            var customer = row.number("customer_id");
            var versions = byCustomer.getOrDefault(customer, new TreeMap<>());
            versions.forEach((version, same) -> finding.unless(
                    same.stream().distinct().count() == 1,
                    "one version of a score was published in two wordings",
                    merchant + "/" + customer + " version " + version));
            finding.unless(
                    versions.size() == row.number("version")
                            && (versions.isEmpty() || versions.lastKey() == row.number("version")),
                    "versions of a score are missing on the topic",
                    merchant + "/" + customer + " " + versions.keySet() + ", kept " + row.number("version"));
            for (var dimension : DIMENSIONS) {
                steps(
                        finding,
                        merchant + "/" + customer + " " + dimension,
                        versions,
                        dimension,
                        row.number(dimension + "_seq"));
            }
        }
    }

    private static void steps(
            Finding finding, String of, TreeMap<Long, List<JsonNode>> versions, String dimension, long last) {
        var seq = 0L;
        JsonNode step = null;
        for (var same : versions.values()) {
            var told = same.getFirst().path(dimension);
            var now = dimension.equals("churn") ? told.path("step") : told;
            if (now.isNull() || now.isMissingNode()) {
                // Who gave everything back has no group, who buys again no warning; the next one goes on counting.
                continue;
            }
            var number = now.path("seq").asLong();
            finding.unless(
                    number == seq || number == seq + 1, "published steps leap", of + " from " + seq + " to " + number);
            finding.unless(
                    number != seq || step == null || now.equals(step),
                    "a step was published in two wordings",
                    of + " " + seq);
            seq = number;
            step = now;
        }
        finding.unless(seq == last, "the last step was not published", of + " " + last + ", published " + seq);
    }
}
