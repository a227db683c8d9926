package io.regulars.kit.problem;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkiverse.resteasy.problem.HttpProblem;

/// A problem inside an answer: of one item of a batch, or of a job that failed.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ItemProblem(int status, String title, String detail, List<Violation> violations) {

    public static ItemProblem of(HttpProblem problem) {
        Object violations = problem.getParameters().get("violations");
        return new ItemProblem(
                problem.getStatusCode(),
                problem.getTitle(),
                problem.getDetail(),
                violations instanceof List<?> list
                        ? list.stream().map(Violation.class::cast).toList()
                        : List.of());
    }
}
