package io.regulars.faults.day;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.workload.Shop;

/// What each playbook brought, by the campaigns' own reports.
record YearReport(List<Line> lines) {

    /// @param lift of the conversion against the holdout; null where it cannot be told, as `low`, `high`
    ///     and `p`
    /// @param profit of what came that would not have come else; null likewise
    record Line(
            String playbook,
            long enrolled,
            long heldOut,
            long sent,
            String sales,
            Double lift,
            Double low,
            Double high,
            Double p,
            String profit,
            String roi) {}

    static YearReport of(Shop shop, Map<String, String> campaigns) {
        var lines = new ArrayList<Line>();
        campaigns.forEach((playbook, campaign) ->
                lines.add(line(playbook, shop.owner().get("/api/campaign/v1/campaigns/" + campaign + "/report"))));
        return new YearReport(lines);
    }

    private static Line line(String playbook, JsonNode report) {
        var conversion =
                report.path("lift").path("analysis").path("comparisons").path(0).path("conversion");
        var attributed = report.path("attributed").path("economics");
        var incremental = report.path("lift").path("incremental").path("economics");
        return new Line(
                playbook,
                report.path("funnel").path("enrolled").asLong(),
                report.path("funnel").path("heldOut").asLong(),
                report.path("funnel").path("sent").asLong(),
                attributed.path("sales").path("amount").asText(""),
                number(conversion.path("lift")),
                number(conversion.path("liftInterval").path("low")),
                number(conversion.path("liftInterval").path("high")),
                number(conversion.path("p")),
                incremental.path("profit").path("amount").asText(null),
                attributed.path("roi").asText(null));
    }

    private static Double number(JsonNode node) {
        return node.isNumber() ? (Double) node.doubleValue() : null;
    }

    String markdown(int customers, int weeks, long messages, List<Violation> violations) {
        var text = new StringBuilder();
        text.append("# %,d customers, %d weeks, %d playbooks%n%n".formatted(customers, weeks, lines.size()));
        text.append("%,d messages were written; %,d could not be explained or broke a rule.%n%n"
                .formatted(messages, violations.size()));
        text.append("Lift is of the share who ordered within seven days, against the holdout, with its 95 % interval;"
                + " sales, and the return on what messages and coupons cost, are by the last message before an order;"
                + " profit is of what would not have come else.\n\n");
        text.append("| playbook | enrolled | held out | reached | sales | lift | interval | p | profit | ROI |\n");
        text.append("|---|---:|---:|---:|---:|---:|---|---:|---:|---:|\n");
        lines.forEach(line -> text.append("| %s | %,d | %,d | %,d | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        line.playbook(),
                        line.enrolled(),
                        line.heldOut(),
                        line.sent(),
                        line.sales(),
                        percent(line.lift()),
                        line.low() == null ? "" : percent(line.low()) + " to " + percent(line.high()),
                        line.p() == null ? "" : String.format(Locale.ROOT, "%.3f", line.p()),
                        line.profit() == null ? "" : line.profit(),
                        line.roi() == null ? "" : line.roi())));
        violations.stream().limit(20).forEach(one -> text.append("%nVIOLATION %s".formatted(one)));
        return text.toString();
    }

    private static String percent(Double share) {
        return share == null ? "" : String.format(Locale.ROOT, "%+.1f %%", share * 100);
    }
}
