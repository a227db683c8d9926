package io.regulars.customer.input;

import java.net.URI;
import java.util.function.Function;

import jakarta.ws.rs.core.Response;

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

    /// The same of another view of the thing.
    public <V> Written<V> map(Function<T, V> view) {
        return new Written<>(outcome, row == null ? null : view.apply(row), problem);
    }

    /// The row of a thing written alone, or its problem thrown.
    public T orThrow() {
        if (problem != null) {
            throw problem;
        }
        return row;
    }

    /// The answer to a thing written alone: 201 with its place where it is new, else 200.
    ///
    /// @throws HttpProblem where it was rejected
    public Response answer(Function<T, URI> place) {
        T shown = orThrow();
        return outcome == Outcome.CREATED
                ? Response.created(place.apply(shown)).entity(shown).build()
                : Response.ok(shown).build();
    }

    public boolean created() {
        return outcome == Outcome.CREATED;
    }
}
