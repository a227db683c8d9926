package io.regulars.campaign.reading;

import java.util.ArrayList;
import java.util.List;

import io.regulars.kit.problem.Problems;
import io.regulars.kit.problem.Violation;

/// What is wrong with a text so far.
public final class Faults {

    private final List<Violation> violations = new ArrayList<>();

    public void add(String path, String message) {
        violations.add(new Violation(path, message));
    }

    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /// 422 with all of them.
    public void throwIfAny() {
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations());
        }
    }
}
