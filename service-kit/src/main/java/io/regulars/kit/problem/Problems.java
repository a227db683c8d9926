package io.regulars.kit.problem;

import java.time.Duration;
import java.util.List;

import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;

import io.quarkiverse.resteasy.problem.HttpProblem;

/// The problems that the services answer with, to be thrown.
public final class Problems {

    private static final StatusType UNPROCESSABLE = new StatusType() {
        @Override
        public int getStatusCode() {
            return 422;
        }

        @Override
        public Status.Family getFamily() {
            return Status.Family.CLIENT_ERROR;
        }

        @Override
        public String getReasonPhrase() {
            return "Unprocessable Content";
        }
    };

    private Problems() {}

    /// 400: the request cannot be read.
    public static HttpProblem badRequest(String detail) {
        return of(Status.BAD_REQUEST, detail);
    }

    public static HttpProblem unauthorized(String detail) {
        return of(Status.UNAUTHORIZED, detail);
    }

    public static HttpProblem forbidden(String detail) {
        return of(Status.FORBIDDEN, detail);
    }

    /// 404, also for what exists at another merchant.
    public static HttpProblem notFound(String what, String id) {
        return of(Status.NOT_FOUND, "no " + what + " " + id);
    }

    /// 409: the present state forbids it; the detail names that state.
    public static HttpProblem conflict(String detail) {
        return of(Status.CONFLICT, detail);
    }

    /// 410: it was there once; the detail says what to do instead.
    public static HttpProblem gone(String detail) {
        return of(Status.GONE, detail);
    }

    /// 412: changed by somebody else since it was read.
    public static HttpProblem preconditionFailed(String detail) {
        return of(Status.PRECONDITION_FAILED, detail);
    }

    public static HttpProblem tooLarge(String detail) {
        return of(Status.REQUEST_ENTITY_TOO_LARGE, detail);
    }

    /// 429 with `Retry-After` in seconds.
    public static HttpProblem tooMany(String detail, Duration retryAfter) {
        return later(Status.TOO_MANY_REQUESTS, detail, retryAfter);
    }

    /// 503 with `Retry-After` in seconds: what the request needs is away, and nothing is wrong with the request.
    public static HttpProblem unavailable(String detail, Duration retryAfter) {
        return later(Status.SERVICE_UNAVAILABLE, detail, retryAfter);
    }

    /// 422: read, but wrong in these places.
    public static HttpProblem invalid(List<Violation> violations) {
        return HttpProblem.builder()
                .withStatus(UNPROCESSABLE)
                .withTitle(UNPROCESSABLE.getReasonPhrase())
                .withDetail(detail(violations))
                .with("violations", violations)
                .build();
    }

    public static HttpProblem invalid(String field, String message) {
        return invalid(List.of(new Violation(field, message)));
    }

    private static String detail(List<Violation> violations) {
        Violation first = violations.getFirst();
        String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
        return first.field() + ": " + first.message() + more;
    }

    private static HttpProblem later(Status status, String detail, Duration retryAfter) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(status.getReasonPhrase())
                .withDetail(detail)
                .withHeader("Retry-After", Math.max(1, retryAfter.toSeconds()))
                .build();
    }

    private static HttpProblem of(Status status, String detail) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(status.getReasonPhrase())
                .withDetail(detail)
                .build();
    }
}
