package io.regulars.campaign.measure;

import java.util.Arrays;
import java.util.Locale;

import io.regulars.kit.problem.Problems;

/// How an order is shared among the messages that its customer got within the window before it.
enum Model {
    /// The last message has it all.
    LAST_TOUCH,
    /// The first one has.
    FIRST_TOUCH,
    /// All have the same.
    LINEAR,
    /// The first and the last have 40 % each, those between share the rest; of two each has the half.
    POSITION,
    /// A message has half of what one has that went out seven days later.
    TIME_DECAY;

    static Model parse(String name) {
        if (name == null) {
            return LAST_TOUCH;
        }
        return Arrays.stream(values())
                .filter(model -> model.json().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.invalid(
                        "model",
                        "unknown \"" + name + "\"; known are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values()).map(Model::json).toList())));
    }

    String json() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
