package io.regulars.campaign.lift;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is asked of the analysis.
///
/// @param control the arm that the others are compared with, or null
/// @param shares the weight that each arm was to get customers by, or null where that is not known
/// @param effect the relative effect that one wishes to see (0.1: 10 % more), or null for the one that is
///     observed
/// @param pace how fast customers come
/// @param currency of the sales
public record Experiment(
        List<Arm> arms, String control, Map<String, BigDecimal> shares, Double effect, Pace pace, String currency) {

    public Experiment {
        arms = List.copyOf(arms);
        if (arms.stream().map(Arm::name).distinct().count() < arms.size()) {
            throw new IllegalArgumentException("arms must differ in their names");
        }
    }

    Optional<Arm> controlArm() {
        return arms.stream().filter(arm -> arm.name().equals(control)).findFirst();
    }
}
