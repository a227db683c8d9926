package io.regulars.faults.broadcast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.regulars.embedded.Mail;
import io.regulars.faults.oracle.Violation;
import io.regulars.faults.rig.Rig;
import io.regulars.faults.rig.Sql;
import io.regulars.faults.workload.Shop;

/// What the one broadcast of a shop brought each of its customers: by the plan, the database and the mail server.
///
/// @param counts how many customers met which end
record EverybodyOnce(Map<String, Long> counts, List<Violation> violations) {

    private static final int MOST_OF_A_KIND = 5;

    private static final String ENDS = """
            select a.external_id, e.state, count(m.id) as messages, min(m.state) as message
            from audience a
            left join enrolment e on e.merchant_id = a.merchant_id and e.customer_id = a.customer_id
            left join message m on m.merchant_id = e.merchant_id and m.customer_id = e.customer_id
              and m.enrolment_id = e.id
            where a.merchant_id = ? group by a.external_id, e.id, e.state
            """;

    /// @param declines whether a customer wanted no e-mail
    static EverybodyOnce judge(Rig rig, Shop shop, Predicate<String> declines) {
        Map<String, Long> receipts =
                rig.mail().received().stream().collect(Collectors.groupingBy(Mail::to, Collectors.counting()));
        try (var databases = rig.databases()) {
            return judge(
                    databases.campaign().rows(ENDS, shop.merchantId()),
                    shop,
                    receipts,
                    declines);
        }
    }

    private static EverybodyOnce judge(
            List<Sql.Row> ends, Shop shop, Map<String, Long> receipts, Predicate<String> declines) {
        var counts = new LinkedHashMap<String, Long>();
        var wrong = new HashMap<String, List<String>>();
        var seen = new HashMap<String, Integer>();
        for (var end : ends) {
            var customer = end.text("external_id");
            var received = receipts.getOrDefault(shop.email(customer), 0L);
            seen.merge(customer, 1, Integer::sum);
            counts.merge(name(end), 1L, Long::sum);
            var fault = fault(end, declines.test(customer), received);
            if (fault != null) {
                wrong.computeIfAbsent(fault, key -> new ArrayList<>()).add(end + ", received " + received);
            }
        }
        shop.customers().stream()
                .filter(customer -> seen.getOrDefault(customer, 0) != 1)
                .forEach(customer -> wrong.computeIfAbsent("a customer is not enrolled once", key -> new ArrayList<>())
                        .add(customer));
        var violations = new ArrayList<Violation>();
        wrong.forEach((what, whom) -> violations.add(new Violation(
                "I5",
                what + " (" + whom.size() + ")",
                whom.stream().limit(MOST_OF_A_KIND).collect(Collectors.joining("; ")))));
        return new EverybodyOnce(counts, violations);
    }

    private static String name(Sql.Row end) {
        return end.text("message") == null ? "enrolment " + end.text("state") : "message " + end.text("message");
    }

    private static String fault(Sql.Row end, boolean declined, long received) {
        var state = end.text("message");
        if (end.number("messages") > 1) {
            return "a customer has more than one message";
        }
        if ("held-out".equals(end.text("state"))) {
            return received == 0 && state == null ? null : "somebody who is held out was written to";
        }
        if (declined) {
            return received == 0 && (state == null || state.equals("skipped"))
                    ? null
                    : "somebody who wants no e-mail was written to";
        }
        return switch (state) {
            case null -> "a customer has no message";
            case "sent" -> received == 1 ? null : "a message that was sent did not arrive once";
            case "uncertain" -> received <= 1 ? null : "an uncertain message arrived more than once";
            default -> "a message is " + state;
        };
    }
}
