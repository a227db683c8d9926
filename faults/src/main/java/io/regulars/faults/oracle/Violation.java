package io.regulars.faults.oracle;

/// Something that must not be.
///
/// @param invariant `I1` …
/// @param what in one sentence
/// @param evidence where it is seen
public record Violation(String invariant, String what, String evidence) {

    @Override
    public String toString() {
        return invariant + ": " + what + " (" + evidence + ")";
    }
}
