package io.regulars.campaign.lift;

import java.util.List;
import java.util.Optional;

/// What is asked of the analysis.
///
/// @param control the arm that the others are compared with, or null
/// @param lots how the customers were drawn into the arms
/// @param effect the relative effect that one wishes to see (0.1: 10 % more), or null for the one that is
///     observed
/// @param pace how fast customers come
/// @param currency of the sales
public record Experiment(List<Arm> arms, String control, Lots lots, Double effect, Pace pace, String currency) {

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
