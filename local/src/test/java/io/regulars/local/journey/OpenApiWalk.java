package io.regulars.local.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/// Every operation of a service's OpenAPI document as a call, with the ids of one merchant's things in it.
///
/// @param ids by the path segment before them: `customers` to `cus_…`
record OpenApiWalk(JsonNode document, Map<String, String> ids) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Pattern GUARDED = Pattern.compile("/api/[a-z]+/v1/");
    private static final Pattern PARAMETER = Pattern.compile("([a-z-]+)/\\{[^}]+}");
    private static final Pattern PUBLIC_ID = Pattern.compile("\\b([a-z]{3})_[A-Za-z0-9]+");

    /// @param named whether the path names a thing
    /// @param body JSON, or null
    record Call(String method, String path, boolean named, String body, String contentType) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /// Those under `/v1/`, which ask for a token.
    List<Call> calls() {
        var calls = new ArrayList<Call>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (guarded(path.getKey()) && METHODS.contains(operation.getKey())) {
                    calls.add(call(path.getKey(), operation.getKey(), operation.getValue(), path.getValue()));
                }
            }
        }
        return calls;
    }

    /// The others, as `GET /api/…/{parameter}`.
    Set<String> open() {
        var open = new TreeSet<String>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (!guarded(path.getKey()) && METHODS.contains(operation.getKey())) {
                    open.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return open;
    }

    private static boolean guarded(String path) {
        return GUARDED.matcher(path).lookingAt();
    }

    private Call call(String path, String method, JsonNode operation, JsonNode shared) {
        var filled = PARAMETER
                .matcher(path)
                .replaceAll(found -> found.group(1) + "/" + id(found.group(1)))
                .replaceAll("\\{[^}]+}", id("customers"));
        var query = new TreeSet<String>();
        for (var parameters : List.of(operation.path("parameters"), shared.path("parameters"))) {
            for (var parameter : parameters) {
                var name = parameter.path("name").asText();
                if (parameter.path("in").asText().equals("query") && ids.containsKey(name + "s")) {
                    query.add(name + "=" + id(name + "s"));
                }
            }
        }
        var content = operation.path("requestBody").path("content");
        var type =
                content.isObject() && !content.isEmpty() ? content.fieldNames().next() : null;
        // what takes anything takes this
        var sent = type == null || !type.contains("*") ? type : "application/json";
        return new Call(
                method.toUpperCase(Locale.ROOT),
                filled + (query.isEmpty() ? "" : "?" + String.join("&", query)),
                !filled.equals(path),
                type == null ? null : body(content.path(type)),
                sent);
    }

    /// The document's own example, about the merchant's things.
    private String body(JsonNode content) {
        var example = content.path("example");
        for (var named : content.path("examples")) {
            example = named.path("value");
            break;
        }
        var text = example.isTextual() ? example.asText() : example.isMissingNode() ? "{}" : example.toString();
        return PUBLIC_ID
                .matcher(text)
                .replaceAll(found -> ids.values().stream()
                        .filter(id -> id.startsWith(found.group(1) + "_"))
                        .findFirst()
                        .orElse(found.group()));
    }

    private String id(String segment) {
        return ids.getOrDefault(segment, ids.get("customers"));
    }
}
