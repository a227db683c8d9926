package io.regulars.customer.input;

import io.quarkiverse.resteasy.problem.HttpProblem;

/// What became of one written thing.
///
/// @param row the thing as it stands now; null where it was rejected
/// @param problem why it was rejected; null where it was not
public record Written<T>(Outcome outcome, T row, HttpProblem problem) {

    public static <T> Written<T> as(Outcome outcome, T row) {
        return new Written<>(outcome, row, null);
    }

    public static <T> Written<T> rejected(HttpProblem problem) {
        return new Written<>(Outcome.REJECTED, null, problem);
    }

    /// The row of a thing written alone, or its problem thrown.
    public T orThrow() {
        if (problem != null) {
            throw problem;
        }
        return row;
    }

    public boolean created() {
        return outcome == Outcome.CREATED;
    }
}
