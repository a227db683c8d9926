package io.regulars.campaign.measure;

import io.regulars.kit.problem.Problems;

/// The relative effect that one wishes to see: 0.1 for 10 % more, -0.1 for 10 % less.
final class Effect {

    private Effect() {}

    static Double parse(String text) {
        if (text == null) {
            return null;
        }
        try {
            double effect = Double.parseDouble(text);
            if (effect >= -1 && effect <= 1_000 && effect != 0) {
                return effect;
            }
        } catch (NumberFormatException e) {
            throw Problems.invalid("effect", "must be a number such as 0.1");
        }
        throw Problems.invalid("effect", "must be -1 to 1000 and not 0");
    }
}
