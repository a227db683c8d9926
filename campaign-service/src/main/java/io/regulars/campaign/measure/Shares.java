package io.regulars.campaign.measure;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.regulars.kit.problem.Problems;

/// How the arms of an experiment were to share the customers, as it stands in a query: `mail:2,none:1`.
final class Shares {

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);
    private static final int MOST_ARMS = 50;

    private Shares() {}

    /// The weight by arm, not all of them nothing. The last colon counts: an arm's name may hold one.
    static Map<String, BigDecimal> parse(String text) {
        Map<String, BigDecimal> weights = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            BigDecimal weight =
                    colon < 1 ? null : weight(part.substring(colon + 1).strip());
            if (weight == null || weights.put(part.substring(0, colon).strip(), weight) != null) {
                throw Problems.invalid("shares", "must be each arm once with a weight, such as mail:2,none:1");
            }
        }
        if (weights.size() > MOST_ARMS) {
            throw Problems.invalid("shares", "must be at most " + MOST_ARMS + " arms");
        }
        if (weights.values().stream().allMatch(weight -> weight.signum() == 0)) {
            throw Problems.invalid("shares", "must not all be 0");
        }
        return weights;
    }

    private static BigDecimal weight(String text) {
        try {
            var weight = new BigDecimal(text);
            return weight.precision() <= 20
                            && Math.abs(weight.scale()) <= 20
                            && weight.signum() >= 0
                            && weight.compareTo(MOST) <= 0
                    ? weight
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
