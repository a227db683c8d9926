package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the arms of an experiment were drawn: whom, and by which weights. Weights that change under way draw
/// customers of one experiment in several ways, and each counts by the way that drew them.
///
/// @param draws those who were drawn alike; empty where that is not known
/// @param notKnown why there are none; null where there are some
public record Lots(List<Draw> draws, String notKnown) {

    /// @param weights by arm, not all of them nothing; an arm that is not named was to get nobody
    /// @param customers by arm, as the lot fell
    public record Draw(Map<String, BigDecimal> weights, Map<String, Long> customers) {

        public Draw {
            weights = Map.copyOf(weights);
            customers = Map.copyOf(customers);
        }

        long all() {
            return customers.values().stream().mapToLong(Long::longValue).sum();
        }

        BigDecimal sum() {
            return weights.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal weight(String arm) {
            return weights.getOrDefault(arm, BigDecimal.ZERO);
        }
    }

    public Lots {
        draws = List.copyOf(draws);
    }

    public static Lots unknown(String why) {
        return new Lots(List.of(), why);
    }

    /// @param draws at least one
    public static Lots of(List<Draw> draws) {
        return new Lots(draws, null);
    }

    /// All customers by the same weights.
    public static Lots of(List<Arm> arms, Map<String, BigDecimal> weights) {
        Map<String, Long> customers = new HashMap<>();
        arms.forEach(arm -> customers.put(arm.name(), arm.customers()));
        return of(List.of(new Draw(weights, customers)));
    }

    long customers() {
        return draws.stream().mapToLong(Draw::all).sum();
    }
}
