package io.regulars.scoring.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.regulars.kit.problem.Problems;
import io.regulars.kit.problem.Violation;
import io.regulars.scoring.model.ModelDefinition;

/// A model as people write it: a definition, or a ready model's key.
///
/// @param name 1 to 100 characters
/// @param definition parts that are left out are the shipped ones
/// @param ready whose definition is taken
public record ModelDraft(String name, ModelDefinition definition, String ready) {

    private static final int LONGEST_NAME = 100;

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem 422 with all that is wrong
    ModelDefinition rules() {
        var violations = new ArrayList<Violation>();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            violations.add(new Violation("name", "must have 1 to %d characters".formatted(LONGEST_NAME)));
        }
        var rules = rules(violations);
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
        return rules;
    }

    private ModelDefinition rules(List<Violation> violations) {
        if ((definition == null) == (ready == null)) {
            violations.add(new Violation("definition", "is required, or else `ready`, but not both"));
            return null;
        }
        if (definition != null) {
            definition.violations().stream()
                    .map(one -> new Violation("definition." + one.field(), one.message()))
                    .forEach(violations::add);
            return definition;
        }
        var known = ReadyModels.named(ready);
        if (known.isEmpty()) {
            violations.add(new Violation(
                    "ready",
                    "must be one of "
                            + ReadyModels.ALL.stream()
                                    .map(ReadyModels.Ready::key)
                                    .collect(Collectors.joining(", "))));
        }
        return known.map(ReadyModels.Ready::definition).orElse(null);
    }
}
