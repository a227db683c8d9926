package io.regulars.kit.problem;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.HttpProblem;

/// Why a JSON text is not what an operation takes, in words for the person who wrote it.
public final class JsonProblems {

    private JsonProblems() {}

    /// 400 where the text is no JSON, 422 where a field of it is wrong.
    public static HttpProblem of(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return Problems.badRequest("not JSON: " + firstLine(e.getOriginalMessage()) + at(e.getLocation()));
        }
        if (mapping.getPath().isEmpty() && mapping.getCause() instanceof JsonProcessingException cause && cause != e) {
            return of(cause);
        }
        String field = path(mapping);
        if (field.isEmpty() && e instanceof MismatchedInputException) {
            return Problems.badRequest("not the JSON expected here: " + firstLine(e.getOriginalMessage()));
        }
        return Problems.invalid(field, reason(mapping));
    }

    private static String reason(JsonMappingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "unknown field; known are " + names(unknown.getKnownPropertyIds());
            case InvalidFormatException format ->
                "%s is not %s".formatted(quoted(format.getValue()), kind(format.getTargetType()));
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null
                    && !mismatch.getOriginalMessage().contains("problem:") ->
                firstLine(mismatch.getOriginalMessage()).startsWith("Cannot map `null`")
                                || firstLine(mismatch.getOriginalMessage()).startsWith("Missing")
                                || firstLine(mismatch.getOriginalMessage()).startsWith("Null value")
                        ? "is required"
                        : "must be " + kind(mismatch.getTargetType());
            default -> {
                Throwable cause = e.getCause();
                yield firstLine(
                        cause != null && cause.getMessage() != null ? cause.getMessage() : e.getOriginalMessage());
            }
        };
    }

    private static String names(Collection<Object> known) {
        return known == null
                ? "none"
                : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String quoted(Object value) {
        String text = String.valueOf(value);
        return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "Instant", "OffsetDateTime" -> "an instant with offset such as 2026-03-01T12:00:00+08:00";
            case "LocalDate" -> "a day such as 2026-03-01";
            case "LocalTime" -> "a time of day such as 22:00";
            case "Duration", "Period" -> "an ISO 8601 duration such as P20D";
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "BigDecimal", "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "a text";
            case "List", "Set", "ArrayList", "Collection" -> "a list";
            default -> type.isArray() ? "a list" : "an object";
        };
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (var reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String firstLine(String message) {
        String line =
                message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
        int classNoise = line.indexOf(" (for Object");
        line = classNoise > 0 ? line.substring(0, classNoise) : line;
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
