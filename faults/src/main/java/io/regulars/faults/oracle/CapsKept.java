package io.regulars.faults.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// I8: no customer gets more messages in any period than the shop's caps allow, of all campaigns together.
final class CapsKept implements Invariant {

    @Override
    public List<Violation> check(Evidence evidence) {
        var finding = new Finding("I8");
        for (var shop : evidence.shops()) {
            if (!(shop.guardrails().get("caps") instanceof List<?> caps)) {
                continue;
            }
            var claims = Claims.of(evidence, shop).stream()
                    .filter(Claims.Claim::reached)
                    .toList();
            for (var one : caps) {
                var cap = (Map<?, ?>) one;
                var byCustomer = new TreeMap<String, List<Instant>>();
                claims.stream()
                        .filter(claim -> cap.get("channel").equals("all")
                                || cap.get("channel").equals(claim.channel()))
                        .forEach(claim -> byCustomer
                                .computeIfAbsent(claim.customer(), key -> new ArrayList<>())
                                .add(claim.at()));
                var max = (Integer) cap.get("max");
                var per = Duration.ofDays(Period.parse((String) cap.get("per")).getDays());
                byCustomer.forEach((customer, times) -> {
                    times.sort(Instant::compareTo);
                    for (var i = max; i < times.size(); i++) {
                        finding.unless(
                                !times.get(i).isBefore(times.get(i - max).plus(per)),
                                "more messages than the cap allows: " + cap,
                                shop.name() + " " + customer + " " + times.subList(i - max, i + 1));
                    }
                });
            }
        }
        return finding.violations();
    }
}
