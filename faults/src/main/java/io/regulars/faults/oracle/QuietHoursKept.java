package io.regulars.faults.oracle;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// I7: no message is claimed in quiet hours, by the clock on the customer's wall.
final class QuietHoursKept implements Invariant {

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I7");
        for (var shop : evidence.shops()) {
            if (!(shop.guardrails().get("quietHours") instanceof Map<?, ?> quiet)) {
                continue;
            }
            var from = LocalTime.parse((String) quiet.get("from"));
            var to = LocalTime.parse((String) quiet.get("to"));
            var channels = (List<?>) quiet.get("channels");
            for (var claim : Claims.of(evidence, shop)) {
                var wall = LocalTime.ofInstant(
                        claim.at(), ZoneId.of(claim.message().text("time_zone")));
                var silent = from.isBefore(to)
                        ? !wall.isBefore(from) && wall.isBefore(to)
                        : !wall.isBefore(from) || wall.isBefore(to);
                finding.unless(
                        !silent || !channels.contains(claim.channel()),
                        "a message was claimed at " + wall + " of the customer's day",
                        shop.name() + " " + claim.message());
            }
        }
        return finding.violations();
    }
}
