package io.regulars.campaign.reading;

import java.util.ArrayList;
import java.util.List;

import io.regulars.kit.problem.Problems;
import io.regulars.kit.problem.Violation;

/// What is wrong with a text so far.
public final class Faults {

    private final List<Violation> violations = new ArrayList<>();
    private final boolean pointers;

    /// Places are named as `steps[0].channel`.
    public Faults() {
        this(false);
    }

    private Faults(boolean pointers) {
        this.pointers = pointers;
    }

    /// Places are named as JSON Pointers (RFC 6901): `/condition/all/0/op`.
    public static Faults byPointer() {
        return new Faults(true);
    }

    /// The place of a field of the object at a place.
    public String at(String path, String field) {
        if (pointers) {
            return path + "/" + field.replace("~", "~0").replace("/", "~1");
        }
        return path.isEmpty() ? field : path + "." + field;
    }

    /// The place of an item of the list at a place.
    public String at(String path, int item) {
        return pointers ? path + "/" + item : path + "[" + item + "]";
    }

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
