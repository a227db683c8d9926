package io.regulars.kit.problem;

import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;

/// Answers a body that cannot be read with its field and reason. One mapper for each exception that the framework or
/// a library maps by itself, since the most specific one is taken, and of those the one of smallest priority.
final class JsonExceptionMappers {

    private JsonExceptionMappers() {}

    @Provider
    @Priority(1)
    public static class Any implements ExceptionMapper<JsonProcessingException> {
        @Override
        public Response toResponse(JsonProcessingException e) {
            return JsonProblems.of(e).toResponse();
        }
    }

    @Provider
    @Priority(1)
    public static class Mapping implements ExceptionMapper<JsonMappingException> {
        @Override
        public Response toResponse(JsonMappingException e) {
            return JsonProblems.of(e).toResponse();
        }
    }

    @Provider
    @Priority(1)
    public static class Mismatched implements ExceptionMapper<MismatchedInputException> {
        @Override
        public Response toResponse(MismatchedInputException e) {
            return JsonProblems.of(e).toResponse();
        }
    }

    @Provider
    @Priority(1)
    public static class Unrecognized implements ExceptionMapper<UnrecognizedPropertyException> {
        @Override
        public Response toResponse(UnrecognizedPropertyException e) {
            return JsonProblems.of(e).toResponse();
        }
    }

    @Provider
    @Priority(1)
    public static class InvalidFormat implements ExceptionMapper<InvalidFormatException> {
        @Override
        public Response toResponse(InvalidFormatException e) {
            return JsonProblems.of(e).toResponse();
        }
    }

    @Provider
    @Priority(1)
    public static class Wrapped implements ExceptionMapper<WebApplicationException> {
        @Override
        public Response toResponse(WebApplicationException e) {
            if (e.getCause() instanceof JsonProcessingException json) {
                return JsonProblems.of(json).toResponse();
            }
            var status = e.getResponse().getStatusInfo();
            if (e.getResponse().hasEntity() || status.getFamily() == Response.Status.Family.REDIRECTION) {
                return e.getResponse();
            }
            return HttpProblem.builder()
                    .withStatus(status)
                    .withTitle(status.getReasonPhrase())
                    .withDetail(e.getMessage())
                    .build()
                    .toResponse();
        }
    }
}
